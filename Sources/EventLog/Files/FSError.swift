/// A refused or failed file operation: what was tried, on which file, and the system's error number.
public struct FSError: Error, Equatable, Sendable {
    /// What was asked of the file system.
    public enum Operation: String, Sendable {
        /// Calls on one file, or on the directory for its entries.
        case open, size, read, write, truncate, syncData, sync, syncDirectory, rename, remove
        /// Calls on a directory, and on the lock of a file.
        case makeDirectory, list, lock
    }

    /// The call that failed.
    public let operation: Operation
    /// Path relative to the log's directory; empty for the directory itself.
    public let name: String
    /// `errno` as the system gave it.
    public let errno: Int32

    /// An error as a file system reports it.
    public init(_ operation: Operation, _ name: String, errno: Int32) {
        self.operation = operation
        self.name = name
        self.errno = errno
    }
}

extension FSError {
    /// Whether room (or quota) is what is missing, so that the same call may succeed later.
    var isNoSpace: Bool { errno == ErrorNumber.noSpace || errno == ErrorNumber.quotaExceeded }
    /// Whether the call did nothing and should simply be made again.
    var isInterruption: Bool { errno == ErrorNumber.interrupted || errno == ErrorNumber.tryAgain }
    var isNoEntry: Bool { errno == ErrorNumber.noEntry }
}

extension FSError: CustomStringConvertible {
    public var description: String {
        let cause = ErrorNumber.words(errno).map { "\($0) (errno \(errno))" } ?? "errno \(errno)"
        return "\(operation.rawValue) of '\(name.isEmpty ? "." : name)' failed: \(cause)"
    }
}
