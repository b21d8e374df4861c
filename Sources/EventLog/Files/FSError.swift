/// A refused or failed file operation: what was tried, on which file, and the system's error number.
public struct FSError: Error, Equatable, Sendable {
    public enum Operation: String, Sendable {
        case open, size, read, write, truncate, syncData, sync, syncDirectory, rename, remove
        case makeDirectory, list, lock
    }

    public let operation: Operation
    /// Path relative to the log's directory; empty for the directory itself.
    public let name: String
    /// `errno` as the system gave it.
    public let errno: Int32

    public init(_ operation: Operation, _ name: String, errno: Int32) {
        self.operation = operation
        self.name = name
        self.errno = errno
    }
}
