/// Looks behind a bad batch for a later one of this log: the sign that the damage was not a torn last write.
enum LaterBatch {
    /// Epoch headers may be what is damaged, so batches of the next few epochs are recognised as well.
    private static let epochsAhead: UInt64 = 8
    private static let chunk = 64 << 10

    /// The offset and header of the first intact batch header in `range` that `matches`.
    static func find(
        _ walk: SegmentWalk,
        in range: Range<UInt64>,
        where matches: (BatchHeader) -> Bool
    ) throws(LogError) -> (offset: UInt64, header: BatchHeader)? {
        let salts = (walk.epoch...walk.epoch + epochsAhead).map { epoch in
            Salt(logID: walk.header.logID, segmentID: walk.header.segmentID, epoch: epoch)
        }
        var offset = range.lowerBound
        while let found = try nextMagic(walk.source, from: offset, to: range.upperBound) {
            offset = found + 1
            let total = CheckedFrame.aligned(BatchHeader.bytes, at: found)
            guard let frame = try walk.source.bytes(at: found, count: total) else { return nil }
            for salt in salts {
                if let header = BatchHeader(frame, salt, at: found, walk.header.limits), matches(header) {
                    return (found, header)
                }
            }
        }
        return nil
    }

    private static func nextMagic(
        _ source: SegmentSource,
        from start: UInt64,
        to end: UInt64
    ) throws(LogError) -> UInt64? {
        let magic = FrameRole.batchHeader.rawValue
        var offset = start
        while offset < end, offset + 4 <= source.size {
            // Chunks overlap by three bytes, so that no magic is cut in two.
            let count = Int(min(UInt64(chunk), source.size - offset, end + 3 - offset))
            guard count >= 4, let bytes = try source.bytes(at: offset, count: count) else { return nil }
            for index in 0...(count - 4) where bytes[index] == UInt8(truncatingIfNeeded: magic) {
                if bytes.field(UInt32.self, at: index) == magic { return offset + UInt64(index) }
            }
            offset += UInt64(count - 3)
        }
        return nil
    }
}
