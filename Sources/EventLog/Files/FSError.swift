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

/// The system error numbers that the log reacts to or puts into words, as Linux numbers them on x86-64 and arm64
/// (asm-generic/errno-base.h and errno.h); only the real disk may import the C library.
enum ErrorNumber {
    static let notPermitted: Int32 = 1
    static let noEntry: Int32 = 2
    static let interrupted: Int32 = 4
    static let inputOutput: Int32 = 5
    static let badDescriptor: Int32 = 9
    static let tryAgain: Int32 = 11
    static let accessDenied: Int32 = 13
    static let exists: Int32 = 17
    static let notDirectory: Int32 = 20
    static let isDirectory: Int32 = 21
    static let invalid: Int32 = 22
    static let systemFilesUsedUp: Int32 = 23
    static let filesUsedUp: Int32 = 24
    static let fileTooLarge: Int32 = 27
    static let noSpace: Int32 = 28
    static let readOnly: Int32 = 30
    static let nameTooLong: Int32 = 36
    static let quotaExceeded: Int32 = 122

    /// What the system means by a number, for the ones that users meet; nil for the others.
    static func words(_ number: Int32) -> String? {
        switch number {
        case notPermitted: "operation not permitted"
        case noEntry: "no such file or directory"
        case inputOutput: "input/output error"
        case accessDenied: "permission denied"
        case exists: "it exists already"
        case notDirectory: "not a directory"
        case isDirectory: "it is a directory"
        case invalid: "not a regular file, or an invalid argument"
        case systemFilesUsedUp, filesUsedUp: "too many open files"
        case fileTooLarge: "the file would be larger than allowed"
        case noSpace: "no space left"
        case readOnly: "the file system is read-only"
        case nameTooLong: "the name is too long"
        case quotaExceeded: "the disk quota is used up"
        default: nil
        }
    }
}
