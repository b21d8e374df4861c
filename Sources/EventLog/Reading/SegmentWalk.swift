/// One record that a walk through a segment met.
enum SegmentRecord {
    /// A batch whose LZ4 frame begins at `frameAt`.
    case batch(BatchHeader, frameAt: UInt64)
    case epoch(EpochHeader)
    case close(CloseMark)
    case footer
}

/// Walks a segment's records from its header on, believing only what its checksums, the chain and the order of
/// sequences, times and epochs confirm.
///
/// It stops at the first thing that is no such record, and never says why: whether that is a clean end, a torn
/// tail or damage is judged elsewhere.
struct SegmentWalk {
    /// All that a walk knows between two records.
    struct Mark {
        let offset: UInt64
        let chain: UInt32
        let nextSequence: UInt64
        let lastTime: Int64
        let lastBatchEnd: UInt64?
        let epoch: UInt64
        let durability: Durability
        let isClosed: Bool
    }

    let source: SegmentSource
    let header: SegmentHeader
    /// Where the next record is looked for: the end of the last one.
    private(set) var offset: UInt64
    private(set) var epoch: UInt64
    private(set) var durability: Durability
    /// Chained frame checksum of the last batch.
    private(set) var chain: UInt32
    private(set) var nextSequence: UInt64
    private(set) var lastTime: Int64
    /// End offset of the last batch; nil while the segment holds none.
    private(set) var lastBatchEnd: UInt64?
    /// Whether a close mark is the last record.
    private(set) var isClosed = false

    init(_ source: SegmentSource, _ header: SegmentHeader) {
        self.source = source
        self.header = header
        offset = UInt64(SegmentHeader.end)
        epoch = header.epoch
        durability = header.durability
        chain = header.previous.chain
        nextSequence = header.firstSequence
        lastTime = header.previous.time
    }

    /// Where this walk stands, to be taken up there again.
    var mark: Mark {
        Mark(
            offset: offset,
            chain: chain,
            nextSequence: nextSequence,
            lastTime: lastTime,
            lastBatchEnd: lastBatchEnd,
            epoch: epoch,
            durability: durability,
            isClosed: isClosed
        )
    }

    /// A walk through the same segment that goes on from the mark.
    init(_ source: SegmentSource, _ header: SegmentHeader, from mark: Mark) {
        self.source = source
        self.header = header
        offset = mark.offset
        epoch = mark.epoch
        durability = mark.durability
        chain = mark.chain
        nextSequence = mark.nextSequence
        lastTime = mark.lastTime
        lastBatchEnd = mark.lastBatchEnd
        isClosed = mark.isClosed
    }

    var salt: Salt { Salt(logID: header.logID, segmentID: header.segmentID, epoch: epoch) }
    /// The salt of epoch headers.
    private var segmentSalt: Salt { Salt(logID: header.logID, segmentID: header.segmentID, epoch: 0) }

    /// Where a segment that follows this one would have to join.
    var link: SegmentHeader.Previous {
        guard let lastBatchEnd else { return header.previous }
        return SegmentHeader.Previous(id: header.segmentID, end: lastBatchEnd, chain: chain, time: lastTime)
    }

    /// The next record, or nil where none is.
    ///
    /// With `frames`, batches' LZ4 frames are checked too.
    mutating func next(frames: Bool) throws(LogError) -> SegmentRecord? {
        guard let prefix = try source.bytes(at: offset, count: FrameRole.prefixBytes),
            let role = FrameRole(rawValue: prefix.field(UInt32.self, at: 0))
        else { return nil }
        let total = Int(prefix.field(UInt32.self, at: 4)) + FrameRole.prefixBytes
        guard total <= longest(role), let frame = try source.bytes(at: offset, count: total) else {
            return nil
        }
        switch role {
        case .batchHeader:
            return try batch(frame, frames: frames)
        case .epochHeader:
            guard isClosed, let header = EpochHeader(frame, segmentSalt, at: offset), header.epoch > epoch
            else {
                return nil
            }
            epoch = header.epoch
            durability = header.durability
            isClosed = false
            offset += UInt64(total)
            return .epoch(header)
        case .closeMark:
            guard !isClosed, let mark = CloseMark(frame, salt, at: offset),
                mark.lastSequence == nextSequence - 1
            else { return nil }
            isClosed = true
            offset += UInt64(total)
            return .close(mark)
        case .footer:
            guard CheckedFrame.isIntact(frame, .footer, salt, at: offset) else { return nil }
            offset += UInt64(total)
            return .footer
        case .pad, .segmentHeader:
            return nil
        }
    }

    private mutating func batch(_ frame: UnsafeRawBufferPointer, frames: Bool) throws(LogError)
        -> SegmentRecord?
    {
        guard !isClosed, let batch = BatchHeader(frame, salt, at: offset, header.limits),
            frame.count == CheckedFrame.aligned(BatchHeader.bytes, at: offset),
            batch.firstSequence == nextSequence, batch.time >= lastTime, batch.durableThrough < nextSequence
        else { return nil }
        let frameAt = offset + UInt64(frame.count)
        let end = frameAt + UInt64(batch.frameBytes)
        guard end <= source.size else { return nil }
        if frames {
            guard let bytes = try source.bytes(at: frameAt, count: Int(batch.frameBytes)),
                crc32c(chain, bytes) == batch.chain
            else { return nil }
        }
        chain = batch.chain
        nextSequence = batch.lastSequence + 1
        lastTime = batch.time
        lastBatchEnd = end
        offset = end
        return .batch(batch, frameAt: frameAt)
    }

    /// The cap on a record's length, checked before anything is read or allocated for it.
    private func longest(_ role: FrameRole) -> Int {
        switch role {
        case .batchHeader: BatchHeader.longest
        case .epochHeader: EpochHeader.bytes + 7
        case .closeMark: CloseMark.bytes + 7
        case .footer: header.limits.segmentBytes
        case .pad, .segmentHeader: 0
        }
    }
}
