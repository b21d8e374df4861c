/// The verdict over a log's directory, reached without changing a byte of it.
///
/// It throws for everything that is to be refused; what it returns may be continued after ``Recovery``.
struct RecoveryVerdict {
    let scan: DirectoryScan
    let chain: Chain
    /// Nil for a directory without segments: a log that was never born.
    let tail: Tail?
    let marks: Watermarks?

    var lastSequence: UInt64 { tail?.lastSequence ?? 0 }
    var lastTime: Int64 { tail?.walk.lastTime ?? 0 }
    /// The highest epoch that any header names.
    var epoch: UInt64 { tail?.walk.epoch ?? 0 }
    var logID: UInt64? { tail?.walk.header.logID }

    /// With `syncing`, what is judged is first synced and then read from the device, as an opening writer must;
    /// a reader leaves the disk alone.
    init(_ disk: any LogFS, syncing: Bool, provenThrough: UInt64 = 0) throws(LogError) {
        if syncing { try asLogError { () throws(FSError) in try disk.syncDirectory("") } }
        scan = try DirectoryScan(disk)
        chain = try Chain(disk, scan)
        guard let newest = chain.segments.last else {
            try Self.refuseEvidence(scan.evidence)
            guard provenThrough == 0 else { throw Self.lost(through: provenThrough) }
            tail = nil
            marks = nil
            return
        }
        let source = try SegmentSource(disk, newest.name, mode: syncing ? .write : .read)
        if syncing { try source.syncAndDropCache() }
        let tail = try Tail(source, try SegmentHeader(source.beginning(), file: newest.name))
        if tail.walk.lastBatchEnd == nil, chain.segments.count > 1 {
            try Self.checkComplete(
                disk,
                chain.segments[chain.segments.count - 2],
                before: newest,
                syncing: syncing
            )
        }
        marks = try readWatermarks(disk, logID: newest.header.logID)
        self.tail = tail
        try Self.refuseLoss(tail, through: max(marks?.synced ?? 0, provenThrough))
        for leftover in chain.leftovers {
            try Self.refuseLoss(tail, through: leftover.header.firstSequence - 1)
        }
    }

    /// Rule a: what was promised must be there.
    private static func refuseLoss(_ tail: Tail, through sequence: UInt64) throws(LogError) {
        guard tail.lastSequence < sequence else { return }
        let problem = "no good batch is here, but the log was durable through sequence \(sequence)"
        throw Tail.damage(tail.walk, problem)
    }

    /// Rule 1: traces of a log whose segments are gone.
    private static func refuseEvidence(_ evidence: [String]) throws(LogError) {
        if let first = evidence.first { throw segmentsMissing(beside: first) }
    }

    static func segmentsMissing(beside file: String) -> LogError {
        .damaged(
            Damage(
                file: file,
                offset: 0,
                sequence: 1,
                problem: "it is here, but every segment of its log is missing"
            )
        )
    }

    private static func lost(through sequence: UInt64) -> LogError {
        .damaged(
            Damage(
                file: "",
                offset: 0,
                sequence: 1,
                problem: "no segment is here, but the log is proven through sequence \(sequence)"
            )
        )
    }

    /// A segment was synced before its successor was named, so its end is not a tail: all of it must be there,
    /// even when the successor is still empty.
    private static func checkComplete(
        _ disk: any LogFS,
        _ segment: FoundSegment,
        before next: FoundSegment,
        syncing: Bool
    ) throws(LogError) {
        let source = try SegmentSource(disk, segment.name)
        if syncing { try source.syncAndDropCache() }
        var walk = SegmentWalk(source, segment.header)
        while walk.link != next.header.previous, try walk.next(frames: true) != nil {}
        guard walk.link == next.header.previous, walk.nextSequence == next.header.firstSequence else {
            throw Tail.damage(
                walk,
                "the batch here is bad, and \(next.name) says that the segment was complete"
            )
        }
    }
}
