/// The one buffer in which a writer composes what it appends: header, LZ4 frame, the fresh pad's header.
///
/// Allocated once for the largest batch, so that appending allocates nothing; owned by one writer and never shared.
final class WriteBuffer {
    // Memory by hand because an array would be zeroed, and so made resident, up to the largest batch.
    let bytes: UnsafeMutableRawBufferPointer

    init(_ limits: LogLimits) {
        bytes = .allocate(byteCount: limits.roomBytes, alignment: 16)
    }

    deinit {
        bytes.deallocate()
    }

    /// The first `count` bytes.
    func front(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
    }
}
