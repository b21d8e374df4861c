private import CFileEntry
private import Glibc
private import Synchronization

/// One directory of a local file system: the disk that a log lives on in production.
///
/// With ``MountType`` the only file of the log that speaks to the C library. Every call goes through one descriptor of the
/// directory, so a renamed directory stays the same log. Descriptors are close-on-exec; locks are
/// open-file-description locks, so they hold between threads as well as processes and end with the descriptor.
package final class RealDisk: LogFS {
    /// The directory as it was given.
    package let path: String
    private let root: Int32
    private let mount: MountType
    /// Names of the open files by descriptor, for the errors' texts.
    private let names = Mutex<[Int32: String]>([:])

    /// Opens the directory, creating it (and syncing its parent) unless `create` is false.
    ///
    /// Throws ``LogError/networkFileSystem(path:)`` on NFS, SMB, 9P and the like, whose locks and syncs are not
    /// those of a local disk, unless `allowNetwork` says that the caller knows better.
    package init(_ path: String, create: Bool = true, allowNetwork: Bool = false) throws(LogError) {
        self.path = path
        root = try asLogError { () throws(FSError) in
            if create { try Self.createDirectory(path) }
            return try Self.check(.open, path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        }
        mount = MountType(of: root)
        // From here on deinit closes the descriptor, also when this initialiser throws.
        if mount.isNetwork, !allowNetwork { throw .networkFileSystem(path: path) }
    }

    /// Whether the directory lives in memory: its syncs cost nothing, and nothing survives a power cut.
    package var isInMemory: Bool { mount.isMemory }

    deinit {
        Glibc.close(root)
    }

    /// The process that a lock is written down for.
    package static var processID: Int32 { getpid() }

    package func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        let flags =
            switch mode {
            case .read: O_RDONLY
            case .write: O_RDWR
            case .create: O_RDWR | O_CREAT | O_EXCL
            }
        // Non-blocking means nothing to a regular file, and keeps a pipe under a log's name from waiting for ever.
        let descriptor = try Self.check(.open, name) {
            openat(root, name, flags | O_CLOEXEC | O_NONBLOCK, 0o644)
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            throw FSError(.open, name, errno: isDirectory ? ErrorNumber.isDirectory : ErrorNumber.invalid)
        }
        names.withLock { $0[descriptor] = name }
        return LogFile(rawValue: descriptor)
    }

    private func name(of file: LogFile) -> String {
        names.withLock { $0[file.rawValue] ?? "" }
    }

    package func close(_ file: LogFile) {
        // A child that was forked a moment ago may still share the descriptor, and with it the lock, until it
        // executes its program: so the lock is given up by name.
        var request = Self.wholeFile
        request.l_type = Int16(F_UNLCK)
        _ = fcntl(file.rawValue, Self.setLock, &request)
        // Forgotten first: once it is closed, another thread may be given the same number.
        names.withLock { $0[file.rawValue] = nil }
        Glibc.close(file.rawValue)
    }

    package func size(of file: LogFile) throws(FSError) -> UInt64 {
        var (identity, bytes): (UInt64, UInt64) = (0, 0)
        try Self.check(.size, name(of: file)) { waybill_file_entry(file.rawValue, "", &identity, &bytes) }
        return bytes
    }

    package func read(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FSError) -> Int {
        guard let offset = off_t(exactly: offset) else { return 0 }
        return try Self.check(.read, name(of: file)) {
            pread(file.rawValue, buffer.baseAddress, buffer.count, offset)
        }
    }

    package func write(_ file: LogFile, at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(FSError)
        -> Int
    {
        let offset = try Self.offset(offset, .write, name(of: file))
        return try Self.check(.write, name(of: file)) {
            pwrite(file.rawValue, bytes.baseAddress, bytes.count, offset)
        }
    }

    package func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        let size = try Self.offset(size, .truncate, name(of: file))
        try Self.check(.truncate, name(of: file)) { ftruncate(file.rawValue, size) }
    }

    /// An offset as the system counts it.
    private static func offset(
        _ bytes: UInt64,
        _ operation: FSError.Operation,
        _ name: @autoclosure () -> String
    ) throws(FSError) -> off_t {
        if let offset = off_t(exactly: bytes) { return offset }
        throw FSError(operation, name(), errno: EFBIG)
    }

    package func freeBytes() throws(FSError) -> UInt64? {
        var status = statvfs()
        try Self.check(.size, path) { fstatvfs(root, &status) }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    // No loop over EINTR in the syncs: an interrupted sync has not said that the bytes are safe, and asking
    // again may be answered from a page cache that has forgotten the failure.
    package func syncData(_ file: LogFile) throws(FSError) {
        try Self.check(.syncData, name(of: file), retrying: false) { fdatasync(file.rawValue) }
    }

    package func sync(_ file: LogFile) throws(FSError) {
        try Self.check(.sync, name(of: file), retrying: false) { fsync(file.rawValue) }
    }

    package func syncDirectory(_ directory: String) throws(FSError) {
        guard !directory.isEmpty else {
            guard fsync(root) == 0 else { throw FSError(.syncDirectory, directory, errno: errno) }
            return
        }
        let folder = try Self.check(.syncDirectory, directory) {
            openat(root, directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        }
        defer { Glibc.close(folder) }
        guard fsync(folder) == 0 else { throw FSError(.syncDirectory, directory, errno: errno) }
    }

    package func dropCache(_ file: LogFile) {
        _ = posix_fadvise(file.rawValue, 0, 0, POSIX_FADV_DONTNEED)
    }

    package func rename(_ name: String, to newName: String) throws(FSError) {
        try Self.check(.rename, name) { renameat(root, name, root, newName) }
        names.withLock { names in
            for (descriptor, held) in names where held == name { names[descriptor] = newName }
        }
    }

    package func remove(_ name: String) throws(FSError) {
        try Self.check(.remove, name) { unlinkat(root, name, 0) }
    }

    package func makeDirectory(_ name: String) throws(FSError) {
        do throws(FSError) {
            try Self.check(.makeDirectory, name) { mkdirat(root, name, 0o755) }
        } catch {
            var status = stat()
            let isDirectory =
                fstatat(root, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFDIR
            if error.errno != EEXIST || !isDirectory { throw error }
        }
    }

    package func list(_ directory: String) throws(FSError) -> [String] {
        let descriptor: Int32
        do throws(FSError) {
            descriptor = try Self.check(.list, directory) {
                openat(root, directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            }
        } catch {
            if error.errno == ENOENT { return [] }
            throw error
        }
        guard let stream = fdopendir(descriptor) else {
            let failure = errno
            Glibc.close(descriptor)
            throw FSError(.list, directory, errno: failure)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw FSError(.list, directory, errno: errno) }
                return names.sorted()
            }
            // The name is a C string inside the entry, valid until the next readdir; it is copied here.
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
    }

    package func entry(_ name: String) throws(FSError) -> FileEntry? {
        var (identity, bytes): (UInt64, UInt64) = (0, 0)
        do throws(FSError) {
            try Self.check(.size, name) { waybill_file_entry(root, name, &identity, &bytes) }
        } catch {
            if error.isNoEntry { return nil }
            throw error
        }
        return FileEntry(identity: identity, bytes: bytes)
    }

    package func directoryStamp() throws(FSError) -> Int64 {
        var status = stat()
        try Self.check(.size, "") { fstat(root, &status) }
        return Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    }

    package func lock(_ file: LogFile) throws(FSError) -> Bool {
        var request = Self.wholeFile
        do throws(FSError) {
            try Self.check(.lock, name(of: file), retrying: false) {
                fcntl(file.rawValue, Self.setLock, &request)
            }
            return true
        } catch {
            if error.errno == EAGAIN || error.errno == EACCES { return false }
            throw error
        }
    }

    package func isLocked(_ file: LogFile) throws(FSError) -> Bool {
        var request = Self.wholeFile
        try Self.check(.lock, name(of: file)) { fcntl(file.rawValue, Self.getLock, &request) }
        return request.l_type != Int16(F_UNLCK)
    }

    // F_OFD_GETLK and F_OFD_SETLK (fcntl.h); the C library shows them only under _GNU_SOURCE.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    private static var wholeFile: flock {
        flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    /// Runs a call that answers −1 on failure; repeats it while a signal interrupts it.
    @discardableResult
    private static func check<Value: FixedWidthInteger>(
        _ operation: FSError.Operation,
        _ name: @autoclosure () -> String,
        retrying: Bool = true,
        _ call: () -> Value
    ) throws(FSError) -> Value {
        while true {
            let result = call()
            if result >= 0 { return result }
            let failure = errno
            if failure == EINTR, retrying { continue }
            throw FSError(operation, name(), errno: failure)
        }
    }

    /// Creates one directory if it isn't there, and syncs its parent in any case: whoever made it may not have, and
    /// the log must not be lost with its directory's entry.
    private static func createDirectory(_ path: String) throws(FSError) {
        let isNew = mkdir(path, 0o755) == 0
        if !isNew, errno != EEXIST { throw FSError(.makeDirectory, path, errno: errno) }
        let trimmed = path.last == "/" ? String(path.dropLast()) : path
        let slash = trimmed.lastIndex(of: "/")
        let parent = slash.map { $0 == trimmed.startIndex ? "/" : String(trimmed[..<$0]) } ?? "."
        let descriptor: Int32
        do throws(FSError) {
            descriptor = try check(.syncDirectory, parent) {
                Glibc.open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            }
        } catch {
            // A directory that is there may lie in one that we may pass through and not read.
            if !isNew, error.errno == EACCES { return }
            throw error
        }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FSError(.syncDirectory, parent, errno: errno) }
    }
}
