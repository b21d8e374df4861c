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
