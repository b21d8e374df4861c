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
