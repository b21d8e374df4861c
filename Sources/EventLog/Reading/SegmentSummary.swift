/// One segment file, told by its headers.
package struct SegmentSummary: Sendable, Hashable {
    package let name: String
    /// Length of the file, fill included.
    package let bytes: UInt64
    package let firstSequence: UInt64
    /// One less than `firstSequence` when it holds nothing.
    package let lastSequence: UInt64
    package let batches: Int
    /// The epoch that it began in.
    package let epoch: UInt64
    /// Times of its first and last batch, nanoseconds; nil when it holds none.
    package let firstTime: Int64?
    package let lastTime: Int64?
    /// Whether a later segment follows, so that this one never changes any more.
    package let isSealed: Bool
}

/// The segments in the order of history, by their headers; the batches' contents are not read.
///
/// Takes no lock. Throws when a header is damaged or too new; batches are counted up to the first bad one.
package func listSegments(_ disk: any LogFS) throws(LogError) -> [SegmentSummary] {
    try steadyLook(disk) { () throws(LogError) in try summaries(disk) }
}

private func summaries(_ disk: any LogFS) throws(LogError) -> [SegmentSummary] {
    let scan = try DirectoryScan(disk)
    var summaries: [SegmentSummary] = []
    for (position, segment) in scan.segments.enumerated() {
        var walk = SegmentWalk(try SegmentSource(disk, segment.name), segment.header)
        var batches = 0
        var firstTime: Int64?
        while let record = try walk.next(frames: false) {
            guard case .batch(let header, _) = record else { continue }
            batches += 1
            if firstTime == nil { firstTime = header.time }
        }
        summaries.append(
            SegmentSummary(
                name: segment.name,
                bytes: segment.size,
                firstSequence: segment.header.firstSequence,
                lastSequence: walk.nextSequence - 1,
                batches: batches,
                epoch: segment.header.epoch,
                firstTime: firstTime,
                lastTime: walk.lastBatchEnd == nil ? nil : walk.lastTime,
                isSealed: position + 1 < scan.segments.count
            )
        )
    }
    return summaries
}
