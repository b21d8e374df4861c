/// How the newest segment ends, after verdict.
struct Tail {
    /// The walk, standing behind the last record.
    let walk: SegmentWalk
    let pads: [UInt64]
    /// Foreign bytes behind the last record that were never promised: a torn write.
    let torn: Range<UInt64>?

    /// Whether the segment ends with a close mark and room: only then it may be continued.
    var isCleanlyClosed: Bool { walk.isClosed && torn == nil }
    /// Where the next record goes.
    var end: UInt64 { walk.offset }
    var lastSequence: UInt64 { walk.nextSequence - 1 }

    /// Walks a segment to its end and judges what follows: rules b to e of opening.
    ///
    /// Rule a needs the watermarks.
    init(_ source: SegmentSource, _ header: SegmentHeader) throws(LogError) {
        var walk = SegmentWalk(source, header)
        while try walk.next(frames: true) != nil {}
        let rest = try TailBytes(source, from: walk.offset)
        self.walk = walk
        pads = rest.pads
        torn = rest.foreign
        if let foreign = rest.foreign { try Self.judge(foreign, walk) }
    }

    private static func judge(_ foreign: Range<UInt64>, _ walk: SegmentWalk) throws(LogError) {
        let expected = walk.nextSequence
        let isCommit = walk.durability == .commit
        let later = try LaterBatch.find(walk, in: walk.offset..<foreign.upperBound) { batch in
            isCommit ? batch.firstSequence > expected : batch.durableThrough >= expected
        }
        if let later {
            throw damage(
                walk,
                "the batch here is bad, but one from sequence \(later.header.firstSequence) follows"
            )
        }
        let bound = walk.header.limits.reserveBytes
        if isCommit, foreign.count > bound {
            throw damage(
                walk,
                "\(foreign.count) bad bytes follow, and one torn write is at most \(bound) long"
            )
        }
    }

    static func damage(_ walk: SegmentWalk, _ problem: String) -> LogError {
        .damaged(
            Damage(file: walk.source.name, offset: walk.offset, sequence: walk.nextSequence, problem: problem)
        )
    }
}

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
