/// The few system error numbers that the log reacts to, as Linux numbers them on x86-64 and arm64
/// (asm-generic/errno-base.h and errno.h); only the real disk may import the C library.
enum ErrorNumber {
    static let noEntry: Int32 = 2
    static let interrupted: Int32 = 4
    static let inputOutput: Int32 = 5
    static let badDescriptor: Int32 = 9
    static let tryAgain: Int32 = 11
    static let exists: Int32 = 17
    static let noSpace: Int32 = 28
    static let readOnly: Int32 = 30
    static let quotaExceeded: Int32 = 122
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
        "\(operation.rawValue) of '\(name.isEmpty ? "." : name)' failed with errno \(errno)"
    }
}
