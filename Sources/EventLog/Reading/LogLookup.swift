/// Finds single batches of a log again and again, at a price that doesn't follow the length of their segments.
///
/// It keeps charts of the segments that it was asked about last, and the batches that it gave out last: a few megabytes
/// at most. What it is asked for must be visible already; it asks no watermark. Every batch that it returns has been
/// checked as ``LogReader`` checks it. It belongs to one thread at a time.
package final class LogLookup {
    /// Segments that stay open.
    private static let charts = 32
    /// Raw bytes of batches that are kept.
    private static let batchBytes = 8 << 20
    private static let batchCount = 32

    private let index: SegmentIndex
    private let frames = FrameDecompressor()
    /// First sequences of the segments, ascending, as of the last look.
    private var beginnings: [UInt64] = []
    /// The one that was used last comes last.
    private var charts: [SparseIndex] = []
    private var batches: [LogBatch] = []

    package init(_ disk: any LogFS) {
        index = SegmentIndex(disk: disk, window: 2 * Int(SparseIndex.distance))
    }

    /// The batch that holds `sequence`; nil when the log doesn't hold it.
    ///
    /// The first look into a segment walks over its batches' headers up to this one; later ones leap.
    package func batch(holding sequence: UInt64) throws(LogError) -> LogBatch? {
        guard sequence > 0 else { return nil }
        let held = batches.lastIndex { $0.firstSequence <= sequence && sequence <= $0.lastSequence }
        if let place = held {
            if place < batches.count - 1 { batches.append(batches.remove(at: place)) }
            return batches.last
        }
        guard let chart = try chart(holding: sequence) else { return nil }
        let batch = try read(sequence, chart)
        keep(batch)
        return batch
    }

    private func chart(holding sequence: UInt64) throws(LogError) -> SparseIndex? {
        if let chart = try known(sequence), try chart.reach(sequence) { return chart }
        // A segment may have begun since.
        beginnings = try index.beginnings()
        guard let chart = try known(sequence), try chart.reach(sequence) else { return nil }
        return chart
    }

    /// The chart of the segment that holds the sequence, if any of those that are known does.
    private func known(_ sequence: UInt64) throws(LogError) -> SparseIndex? {
        var (low, high) = (0, beginnings.count)
        while low < high {
            let middle = (low + high) / 2
            if beginnings[middle] <= sequence { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let first = beginnings[low - 1]
        if let place = charts.lastIndex(where: { $0.header.firstSequence == first }) {
            let chart = charts[place]
            if place < charts.count - 1 { charts.append(charts.remove(at: place)) }
            return chart
        }
        guard let (source, header) = try index.segment(beginning: first) else { return nil }
        let chart = SparseIndex(source, header)
        if charts.count == Self.charts { charts.removeFirst() }
        charts.append(chart)
        return chart
    }

    private func read(_ sequence: UInt64, _ chart: SparseIndex) throws(LogError) -> LogBatch {
        var walk = chart.walk(to: sequence)
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
