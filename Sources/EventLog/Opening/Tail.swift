/// How the newest segment ends, after judgement.
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
        let bound = walk.header.limits.roomBytes
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
