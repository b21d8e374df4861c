private import CChecksum

/// The shape that all our skippable frames but the pad share.
///
///     0  u32 magic of the role
///     4  u32 length of what follows (total − 8)
///     8  u32 CRC-32C over bytes 0–7 and 12–end, salted
///     12 fields, then zeros up to a total that makes the frame end at a multiple of 8 in the file
///
/// LZ4 tools never look inside a skippable frame, so each carries its own checksum.
enum CheckedFrame {
    static let fieldsAt = 12

    /// Total length of a frame with `bytes` bytes at `offset`, so that what follows is aligned to 8.
    static func aligned(_ bytes: Int, at offset: UInt64) -> Int {
        bytes + Int((8 - (offset + UInt64(bytes)) % 8) % 8)
    }

    /// Writes prefix and checksum around fields that are already in place.
    static func seal(
        _ frame: UnsafeMutableRawBufferPointer,
        _ role: FrameRole,
        _ salt: Salt,
        at offset: UInt64
    ) {
        frame.setField(role.rawValue, at: 0)
        frame.setField(UInt32(frame.count - FrameRole.prefixBytes), at: 4)
        frame.setField(checksum(UnsafeRawBufferPointer(frame), salt, at: offset), at: 8)
    }

    static func isIntact(_ frame: UnsafeRawBufferPointer, _ role: FrameRole, _ salt: Salt, at offset: UInt64)
        -> Bool
    {
        frame.count > fieldsAt
            && frame.field(UInt32.self, at: 0) == role.rawValue
            && frame.field(UInt32.self, at: 4) == UInt32(frame.count - FrameRole.prefixBytes)
            && frame.field(UInt32.self, at: 8) == checksum(frame, salt, at: offset)
    }

    private static func checksum(_ frame: UnsafeRawBufferPointer, _ salt: Salt, at offset: UInt64) -> UInt32 {
        let prefix = waybill_crc32c(salt.seed(at: offset), frame.baseAddress, FrameRole.prefixBytes)
        let fields = UnsafeRawBufferPointer(rebasing: frame[fieldsAt...])
        return waybill_crc32c(prefix, fields.baseAddress, fields.count)
    }
}

/// What a skippable LZ4 frame of a segment is for: one of the sixteen skippable magic numbers each.
///
/// Every LZ4 tool passes over these frames (LZ4 frame format 1.6.2, "Skippable Frames"): u32 magic, u32 length of
/// the body, body.
enum FrameRole: UInt32 {
    case segmentHeader = 0x184D_2A50
    case epochHeader = 0x184D_2A51
    case batchHeader = 0x184D_2A52
    case pad = 0x184D_2A53
    case closeMark = 0x184D_2A54
    /// Reserved: written at seal. An intact one is passed over.
    case footer = 0x184D_2A55

    /// Magic and length.
    static let prefixBytes = 8
}

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
