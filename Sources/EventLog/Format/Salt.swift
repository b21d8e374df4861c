private import CChecksum

/// What is mixed into a frame's checksum without being stored: log id, segment id, epoch and file offset.
///
/// So a frame of an older life, of another log or at another place never validates, and it costs no bytes.
struct Salt: Equatable {
    private let base: UInt32

    /// For frames that are read before any id is known.
    static let none = Salt(base: 0)

    init(logID: UInt64, segmentID: UInt64, epoch: UInt64) {
        base = crc32c(crc32c(crc32c(0, logID), segmentID), epoch)
    }

    private init(base: UInt32) {
        self.base = base
    }

    func seed(at offset: UInt64) -> UInt32 { crc32c(base, offset) }
}

/// CRC-32C continued over the eight little-endian bytes of a number.
func crc32c(_ seed: UInt32, _ value: UInt64) -> UInt32 {
    var bytes = value.littleEndian
    return waybill_crc32c(seed, &bytes, 8)
}

/// CRC-32C continued over bytes.
func crc32c(_ seed: UInt32, _ bytes: UnsafeRawBufferPointer) -> UInt32 {
    waybill_crc32c(seed, bytes.baseAddress, bytes.count)
}
