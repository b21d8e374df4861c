/// The few system error numbers that the log reacts to, as Linux numbers them on x86-64 and arm64
/// (asm-generic/errno-base.h and errno.h); only the real disk may import the C library.
enum ErrorNumber {
    static let noEntry: Int32 = 2
    static let interrupted: Int32 = 4
    static let inputOutput: Int32 = 5
    static let badDescriptor: Int32 = 9
    static let tryAgain: Int32 = 11
    static let exists: Int32 = 17
    static let invalid: Int32 = 22
    static let noSpace: Int32 = 28
    static let readOnly: Int32 = 30
    static let quotaExceeded: Int32 = 122
}

extension ErrorNumber {
    /// What the system means by a number, for the ones that users meet; nil for the others.
    static func words(_ number: Int32) -> String? {
        switch number {
        case 1: "operation not permitted"
        case noEntry: "no such file or directory"
        case inputOutput: "input/output error"
        case 13: "permission denied"
        case exists: "it exists already"
        case 20: "not a directory"
        case 21: "it is a directory"
        case invalid: "not a regular file, or an invalid argument"
        case 23, 24: "too many open files"
        case 27: "the file would be larger than allowed"
        case noSpace: "no space left"
        case readOnly: "the file system is read-only"
        case 36: "the name is too long"
        case quotaExceeded: "the disk quota is used up"
        default: nil
        }
    }
}
