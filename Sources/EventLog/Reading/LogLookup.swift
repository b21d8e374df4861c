/// Finds single batches of a log again and again, at a price that doesn't follow the length of their segments.
///
/// It keeps indexes of the segments that it was asked about last, and the batches that it gave out last: a few megabytes
/// at most. What it is asked for must be visible already; it asks no watermark. Every batch that it returns has been
/// checked as ``LogReader`` checks it. It belongs to one thread at a time.
package final class LogLookup {
    /// Segments that stay open.
    private static let indexCount = 32
    /// Raw bytes of batches that are kept.
    private static let batchBytes = 8 << 20
    private static let batchCount = 32

    private let segments: SegmentIndex
    private let frames = FrameDecompressor()
    /// First sequences of the segments, ascending, as of the last look.
    private var beginnings: [UInt64] = []
    /// The one that was used last comes last.
    private var indexes: [SparseIndex] = []
    private var batches: [LogBatch] = []

    package init(_ disk: any LogFS) {
        segments = SegmentIndex(disk: disk, window: 2 * Int(SparseIndex.distance))
    }

    /// The batch that holds `sequence`, which must be in the log: ``LogError/damaged(_:)`` when it isn't.
    ///
    /// The first look into a segment walks over its batches' headers up to this one; later ones leap.
    package func batch(holding sequence: UInt64) throws(LogError) -> LogBatch {
        let held = batches.lastIndex { $0.firstSequence <= sequence && sequence <= $0.lastSequence }
        if let position = held {
            let batch = batches.remove(at: position)
            batches.append(batch)
            return batch
        }
        guard let index = try index(holding: sequence) else { throw SegmentIndex.missing(sequence) }
        let batch = try read(sequence, index)
        keep(batch)
        return batch
    }

    private func index(holding sequence: UInt64) throws(LogError) -> SparseIndex? {
        if let index = try known(sequence), try index.reach(sequence) { return index }
        // A segment may have begun since.
        beginnings = try segments.beginnings()
        guard let index = try known(sequence), try index.reach(sequence) else { return nil }
        return index
    }

    /// The index of the segment that holds the sequence, if any of those that are known does.
    private func known(_ sequence: UInt64) throws(LogError) -> SparseIndex? {
        var (low, high) = (0, beginnings.count)
        while low < high {
            let middle = (low + high) / 2
            if beginnings[middle] <= sequence { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let first = beginnings[low - 1]
        if let position = indexes.lastIndex(where: { $0.header.firstSequence == first }) {
            let index = indexes[position]
            if position < indexes.count - 1 { indexes.append(indexes.remove(at: position)) }
            return index
        }
        guard let (source, header) = try segments.segment(beginning: first) else { return nil }
        let index = SparseIndex(source, header)
        if indexes.count == Self.indexCount { indexes.removeFirst() }
        indexes.append(index)
        return index
    }

    private func read(_ sequence: UInt64, _ index: SparseIndex) throws(LogError) -> LogBatch {
        var walk = index.walk(to: sequence)
        while true {
            let before = walk
            guard let record = try walk.next(frames: false) else { break }
            guard walk.nextSequence > sequence, case .batch = record else { continue }
            walk = before
            let offset = walk.offset
            guard case .batch(let header, let frameAt) = try walk.next(frames: true) else { break }
            return try frames.batch(header, at: offset, frameAt: frameAt, walk)
        }
        throw Tail.damage(walk, "the batch here was whole when it was written, and isn't any more")
    }

    private func keep(_ batch: LogBatch) {
        batches.append(batch)
        var bytes = batches.reduce(0) { $0 + $1.payload.count }
        while batches.count > Self.batchCount || bytes > Self.batchBytes, batches.count > 1 {
            bytes -= batches.removeFirst().payload.count
        }
    }
}

/// A segment with marks on the way through it, so that a batch is found from the mark before it.
///
/// The way up to a mark is walked once, by headers alone.
final class SparseIndex {
    /// Bytes of segment between two marks.
    static let distance: UInt64 = 32 << 10

    let source: SegmentSource
    let header: SegmentHeader
    private var marks: [SegmentWalk.Mark] = []
    /// The end of what was walked.
    private var frontier: SegmentWalk

    init(_ source: SegmentSource, _ header: SegmentHeader) {
        self.source = source
        self.header = header
        frontier = SegmentWalk(source, header)
        marks.append(frontier.mark)
    }

    /// The first sequence that was not walked over yet.
    var reached: UInt64 { frontier.nextSequence }

    /// Walks on until behind `sequence`; false when the records end before.
    func reach(_ sequence: UInt64) throws(LogError) -> Bool {
        if sequence < reached { return true }
        try source.refresh()
        while reached <= sequence, try frontier.next(frames: false) != nil {
            guard let last = marks.last, frontier.offset >= last.offset + Self.distance else { continue }
            marks.append(frontier.mark)
        }
        return sequence < reached
    }

    /// A walk that stands at the last mark before `sequence`, which is not before the segment.
    func walk(to sequence: UInt64) -> SegmentWalk {
        var (low, high) = (0, marks.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if marks[middle].nextSequence <= sequence { low = middle } else { high = middle }
        }
        return SegmentWalk(source, header, from: marks[low])
    }
}
