import Glibc

/// Error numbers as the system has them, under the names of what they mean here.
public enum SimulatedErrno {
    public static let badDescriptor = EBADF
    public static let exists = EEXIST
    public static let inputOutput = EIO
    public static let interrupted = EINTR
    public static let invalid = EINVAL
    public static let isDirectory = EISDIR
    public static let missing = ENOENT
    public static let noSpace = ENOSPC
    public static let notDirectory = ENOTDIR
    public static let tooLarge = EFBIG
}
