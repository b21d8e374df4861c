/// A skippable frame over zeros: room that is filled already and that the next append overwrites.
///
///     0 u32 magic · 4 u32 length · 8 zeros
///
/// It has no checksum, for its body is zero or it is not a pad.
enum Pad {
    static let headerBytes = FrameRole.prefixBytes

    static func encode(into frame: UnsafeMutableRawBufferPointer, total: UInt64) {
        frame.setField(FrameRole.pad.rawValue, at: 0)
        frame.setField(UInt32(total) - UInt32(headerBytes), at: 4)
    }

    static func isPad(_ header: UnsafeRawBufferPointer) -> Bool {
        header.count >= headerBytes && header.field(UInt32.self, at: 0) == FrameRole.pad.rawValue
    }
}
