/// What lies behind the last record of a segment.
///
/// Room is zeros and pads over zeros; everything else is foreign: the rest of a torn write, or damage. A pad whose
/// body is not zero (the first sector of a write was lost) shows up as foreign bytes inside it.
struct TailBytes {
    private static let chunk = 64 << 10

    /// From the first to behind the last foreign byte; nil when everything is room.
    private(set) var foreign: Range<UInt64>?
    /// Offsets of the pads' headers, ascending.
    private(set) var pads: [UInt64] = []

    init(_ source: SegmentSource, from start: UInt64) throws(LogError) {
        var offset = start
        while let found = try Self.firstByteThatIsNotZero(source, from: offset) {
            // A pad may claim more than there is: a crash can cut the fill that wrote it.
            if let header = try source.bytes(at: found, count: Pad.headerBytes), Pad.isPad(header) {
                pads.append(found)
                offset = found + UInt64(Pad.headerBytes)
            } else {
                foreign = (foreign?.lowerBound ?? found)..<found + 1
                offset = found + 1
            }
        }
    }

    private static func firstByteThatIsNotZero(
        _ source: SegmentSource,
        from start: UInt64
    ) throws(LogError) -> UInt64? {
        var offset = start
        while offset < source.size {
            let count = Int(min(UInt64(chunk), source.size - offset))
            guard let bytes = try source.bytes(at: offset, count: count) else { return nil }
            var index = 0
            while index + 8 <= count, bytes.field(UInt64.self, at: index) == 0 { index += 8 }
            while index < count, bytes[index] == 0 { index += 1 }
            if index < count { return offset + UInt64(index) }
            offset += UInt64(count)
        }
        return nil
    }
}
