private import Glibc

/// The type of the file system that a directory is on, by its own name for it; empty when it can't be told.
///
/// proc(5): a line of `/proc/self/mountinfo` is `36 35 98:0 /root /point options … - type source …`; its third
/// field is the device that fstat(2) reports.
struct MountType {
    let name: String

    private static let networkTypes: Set<String> = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "afs", "coda", "ncpfs", "lustre", "gfs2",
        "ocfs2",
        "glusterfs", "fuse.glusterfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "beegfs", "virtiofs",
    ]

    init(of directory: Int32) {
        var status = stat()
        name = fstat(directory, &status) == 0 ? Self.find(device: UInt64(status.st_dev)) : ""
    }

    /// Whether its bytes live on another machine.
    var isNetwork: Bool { Self.networkTypes.contains(name) }

    var isMemory: Bool { name == "tmpfs" || name == "ramfs" }

    private static func find(device number: UInt64) -> String {
        // The C library's packing of a device number (sysmacros.h).
        let major = ((number >> 8) & 0xFFF) | ((number >> 32) & 0xFFFF_F000)
        let minor = (number & 0xFF) | ((number >> 12) & 0xFFFF_FF00)
        let device = "\(major):\(minor)"
        guard let mounts = fopen("/proc/self/mountinfo", "re") else { return "" }
        defer { fclose(mounts) }
        var line = [CChar](repeating: 0, count: 4096)
        while fgets(&line, Int32(line.count), mounts) != nil {
            let bytes = line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            let fields = String(decoding: bytes, as: UTF8.self).split(separator: " ")
            guard fields.count > 2, fields[2] == device, let dash = fields.firstIndex(of: "-"),
                dash + 1 < fields.count
            else { continue }
            return String(fields[dash + 1])
        }
        return ""
    }
}
