import Glibc

/// The raw bytes of one file, in order, or of an array that stands for one.
///
/// Owns the descriptor; interrupted reads are repeated. Refuses directories with `EISDIR`.
struct ByteSource: ~Copyable {
    let path: String
    /// Length on disk in bytes; 0 where it is not known (a pipe).
    let totalBytes: Int
    private(set) var bytesRead = 0
    /// -1 when the bytes are in memory.
    private let descriptor: Int32
    private let memory: [UInt8]

    init(path: String) throws(WorkloadError) {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        if opened < 0 {
            let code = errno
            throw code == ENOENT ? .notFound(path: path) : .unreadable(path: path, errno: code)
        }
        var status = stat()
        let code = fstat(opened, &status) != 0 ? errno : (status.st_mode & S_IFMT) == S_IFDIR ? EISDIR : 0
        if code != 0 {
            close(opened)
            throw .unreadable(path: path, errno: code)
        }
        self.path = path
        self.totalBytes = Int(status.st_size)
        self.descriptor = opened
        self.memory = []
    }

    init(bytes: [UInt8], name: String) {
        self.path = name
        self.totalBytes = bytes.count
        self.descriptor = -1
        self.memory = bytes
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Replaces the content of `chunk` by the next bytes, at most `limit`; leaves it empty at the end.
    mutating func read(into chunk: inout [UInt8], limit: Int) throws(WorkloadError) {
        if descriptor < 0 {
            let end = min(memory.count, bytesRead + limit)
            chunk = Array(memory[bytesRead..<end])
            bytesRead = end
            return
        }
        var code: Int32 = 0
        let (file, path) = (descriptor, path)
        // Unsafe buffer: `read` writes into the array's own storage, within its capacity.
        chunk = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            var taken = -1
            repeat {
                taken = Glibc.read(file, buffer.baseAddress, limit)
                code = taken < 0 ? errno : 0
            } while code == EINTR
            count = max(0, taken)
        }
        if code != 0 { throw .unreadable(path: path, errno: code) }
        bytesRead += chunk.count
    }
}
