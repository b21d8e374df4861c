/// What a whole reading of a log found.
public struct LogVerification: Sendable, Hashable {
    /// Segments that hold a batch.
    public internal(set) var segments = 0
    /// Batches, every one of them checked.
    public internal(set) var batches = 0
    /// Events that the batches announce.
    public internal(set) var events: UInt64 = 0
    /// 0 when the log is empty.
    public internal(set) var firstSequence: UInt64 = 0
    /// The last sequence that was visible when the reading began; 0 when the log is empty.
    public internal(set) var lastSequence: UInt64 = 0
    /// Bytes of the batches as stored, headers included, and as they were given.
    public internal(set) var storedBytes: UInt64 = 0
    /// The same bytes as they were appended.
    public internal(set) var rawBytes: UInt64 = 0
    /// How far the log vouches for itself; nil when no `DURABLE` says so, and a missing end could not be told.
    public internal(set) var promised: UInt64?
    /// Bytes behind the last batch that were never promised: a kill left them, the next open moves them aside.
    public internal(set) var unpromised: UnpromisedTail?

    package init() {}
}

/// A torn, never acknowledged write at the end of a log without a writer.
public struct UnpromisedTail: Sendable, Hashable {
    /// The segment, relative to the log's directory.
    public let file: String
    /// Where they begin.
    public let offset: UInt64
    /// How many there are.
    public let bytes: UInt64
}

/// The same for the log in the directory at `path`.
public func verifyLog(at path: String) throws(LogError) -> LogVerification {
    try verifyLog(RealDisk.holdingLog(at: path))
}

/// Reads and checks every batch of a log, without a lock and without changing it.
///
/// Throws ``LogError/damaged(_:)`` with file, offset and sequence at the first thing that is wrong. A live log is
/// checked as far as it was visible at the start.
package func verifyLog(_ disk: any LogFS) throws(LogError) -> LogVerification {
    var result = LogVerification()
    let reader = try LogReader(disk)
    let end = reader.visible
    var segment = ""
    while result.lastSequence < end, let batch = try reader.next() {
        if result.batches == 0 { result.firstSequence = batch.firstSequence }
        if batch.segment != segment { result.segments += 1 }
        segment = batch.segment
        result.batches += 1
        result.events += UInt64(batch.count)
        result.lastSequence = batch.lastSequence
        result.storedBytes += UInt64(batch.storedBytes)
        result.rawBytes += UInt64(batch.payload.count)
    }
    try steadyLook(disk) { () throws(LogError) in try checkEnds(disk, &result) }
    return result
}

/// What no batch shows: the ends of the segments, and how far the log vouches for itself.
private func checkEnds(_ disk: any LogFS, _ result: inout LogVerification) throws(LogError) {
    let segments = try Chain(disk, DirectoryScan(disk)).segments
    for segment in segments.dropLast() { try checkEnd(disk, segment) }
    if let newest = segments.last {
        result.promised = try readWatermarks(disk, logID: newest.header.logID)?.synced
    }
    guard try lockHolder(disk) == nil else { return }
    let verdict = try RecoveryVerdict(disk, syncing: false)
    result.unpromised = verdict.tail.flatMap { tail in
        tail.torn.map { torn in
            UnpromisedTail(
                file: tail.walk.source.name,
                offset: tail.end,
                bytes: torn.upperBound - tail.end
            )
        }
    }
}

/// A segment that others follow ends with its last record: tools that know nothing of the chain would read on.
private func checkEnd(_ disk: any LogFS, _ segment: FoundSegment) throws(LogError) {
    var walk = SegmentWalk(try SegmentSource(disk, segment.name), segment.header)
    while try walk.next(frames: false) != nil {}
    guard let foreign = try TailBytes(walk.source, from: walk.offset).foreign else { return }
    throw .damaged(
        Damage(
            file: segment.name,
            offset: foreign.lowerBound,
            sequence: walk.nextSequence,
            problem: "bytes that are no batch follow the segment's last one"
        )
    )
}
