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
