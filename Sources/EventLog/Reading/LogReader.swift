/// Reads a log's batches in order and follows a live one, across rolls; it takes no lock and changes nothing.
///
/// It belongs to one thread at a time. Every byte that it returns has been checked: header, chain, content; damage
/// is thrown with file, offset and sequence and never skipped.
public final class LogReader {
    private let index: SegmentIndex
    private let decompressor = FrameDecompressor()
    private var visibility: Visibility
    private var walk: SegmentWalk?
    private var wanted: UInt64

    /// A reader of the log in the directory at `path`, whose first batch is the one that holds `sequence` (sequences start
    /// at 1).
    ///
    /// Throws ``LogError/notALog(_:)`` when no log was ever there, and ``LogError/file(_:)`` when it can't be read.
    public convenience init(at path: String, from sequence: UInt64 = 1) throws(LogError) {
        try self.init(RealDisk.holdingLog(at: path), from: sequence)
    }

    /// A reader whose first batch is the one that holds `sequence` (sequences start at 1).
    package init(_ disk: any LogFS, from sequence: UInt64 = 1) throws(LogError) {
        index = SegmentIndex(disk: disk)
        visibility = Visibility(disk)
        wanted = max(1, sequence)
        try visibility.refresh()
    }

    /// A reader for who knows that the log holds everything through `last`, whatever the watermarks say: what is
    /// missing before that is damage.
    package init(_ disk: any LogFS, from sequence: UInt64 = 1, through last: UInt64) {
        index = SegmentIndex(disk: disk)
        visibility = Visibility(disk, through: last)
        wanted = max(1, sequence)
    }

    /// The last sequence that may be shown, as of the last look.
    public var visible: UInt64 { visibility.visible }

    /// The next batch, or nil at the visible end; call again later to follow.
    public func next() throws(LogError) -> LogBatch? {
        if wanted > visible {
            try visibility.refresh()
            guard wanted <= visible else { return nil }
            try walk?.source.refresh()
        }
        if walk == nil { walk = try beginning() }
        while true {
            guard var walk else { return nil }
            let offset = walk.offset
            let record = try walk.next(frames: true)
            guard let record else {
                try cross(from: walk)
                continue
            }
            self.walk = walk
            if case .batch(let header, let frameAt) = record {
                let batch = try decompressor.batch(header, at: offset, frameAt: frameAt, walk)
                wanted = batch.lastSequence + 1
                return batch
            }
        }
    }

    /// A walk that stands before the batch that holds the wanted sequence.
    private func beginning() throws(LogError) -> SegmentWalk {
        guard let (source, header) = try index.segment(holding: wanted) else {
            throw SegmentIndex.missing(wanted)
        }
        var walk = SegmentWalk(source, header)
        while true {
            let before = walk
            guard try walk.next(frames: false) != nil, walk.nextSequence <= wanted else { return before }
        }
    }

    /// Goes on in the segment that follows from where this one's records end.
    private func cross(from walk: SegmentWalk) throws(LogError) {
        let next = try index.segment(beginning: walk.nextSequence)
        guard let (source, header) = next, header.segmentID != walk.header.segmentID,
            header.logID == walk.header.logID, header.previous == walk.link
        else {
            throw Tail.damage(
                walk,
                "the batch here is bad or missing, and the log is visible through \(visible)"
            )
        }
        self.walk = SegmentWalk(source, header)
    }
}
