import Glibc

/// Error numbers as the system has them, under the names of what they mean here.
package enum SimulatedErrno {
    package static let badDescriptor = EBADF
    package static let exists = EEXIST
    package static let inputOutput = EIO
    package static let interrupted = EINTR
    package static let invalid = EINVAL
    package static let isDirectory = EISDIR
    package static let missing = ENOENT
    package static let noSpace = ENOSPC
    package static let notDirectory = ENOTDIR
    package static let tooLarge = EFBIG
}
