/// How far a reader may look.
///
/// While a writer holds the lock, only as far as `DURABLE` says; bytes behind that mean nothing yet. With no
/// writer, as far as the rules of opening confirm, applied without changing anything. Who holds the lock itself
/// sets the end.
///
/// A writer that has locked the log and still folds it has not rewritten `DURABLE` yet. What that says is then what
/// the writer before left: less than there is, or, under ``Durability/none`` and after a power cut, more.
struct Visibility {
    private let disk: any LogFS
    private let isFixed: Bool
    private(set) var visible: UInt64 = 0
    /// The watermarks at the first look, and how far they hold.
    ///
    /// Only these can be older than a power cut; later ones were written since.
    private var inherited: (marks: Watermarks?, end: UInt64?)?
    /// The directory and the watermarks at the last verdict, so that an unchanged log is judged only once.
    private var judged: Footprint?

    private struct Footprint: Equatable {
        let names: [String]
        let durable: [UInt8]?
        let newestBytes: UInt64
    }

    init(_ disk: any LogFS) {
        self.disk = disk
        isFixed = false
    }

    /// An end that stays.
    init(_ disk: any LogFS, through last: UInt64) {
        self.disk = disk
        isFixed = true
        visible = last
    }

    /// Looks again.
    ///
    /// Throws ``LogError/damaged(_:)`` when a log without a writer is to be refused.
    mutating func refresh() throws(LogError) {
        if isFixed { return }
        if try lockHolder(disk) != nil { return try followWriter() }
        let footprint = try footprint()
        if footprint == judged { return }
        do throws(LogError) {
            var verdict = try RecoveryVerdict(disk, syncing: false)
            if verdict.lastSequence > verdict.marks?.synced ?? 0, let tail = verdict.tail {
                try Self.syncAndDropCache(disk, tail)
                verdict = try RecoveryVerdict(disk, syncing: false)
            }
            if inherited == nil { inherited = (verdict.marks, verdict.lastSequence) }
            visible = max(visible, verdict.lastSequence)
            judged = footprint
        } catch {
            // A writer may have begun to recover the log under our eyes.
            if try lockHolder(disk) == nil { throw error }
            try followWriter()
        }
    }

    private mutating func followWriter() throws(LogError) {
        judged = nil
        let marks = try watermarks()
        let first = inherited ?? (marks, nil)
        inherited = first
        guard let marks, marks.visible > visible else { return }
        guard marks == first.marks else { return visible = marks.visible }
        let end = if let end = first.end { end } else { try standing(marks) }
        inherited = (marks, end)
        visible = max(visible, end)
    }

    /// How far the batches stand whole that the watermarks speak of.
    ///
    /// What was never synced lies in one segment: a roll syncs everything before it.
    private func standing(_ marks: Watermarks) throws(LogError) -> UInt64 {
        guard marks.visible > marks.synced,
            let (source, header) = try SegmentIndex(disk: disk).segment(holding: marks.synced + 1)
        else { return marks.visible }
        var walk = SegmentWalk(source, header)
        while walk.nextSequence <= marks.visible, try walk.next(frames: true) != nil {}
        return min(marks.visible, max(marks.synced, walk.nextSequence - 1))
    }

    /// What is about to be shown was perhaps never synced: do so now, unless the file system cannot be written to
    /// and so has nothing to sync.
    ///
    /// Then forget the cached pages: after a dead writer's failed sync this one succeeds over pages that are clean
    /// and were never written, so what counts is only what the device gives back.
    private static func syncAndDropCache(_ disk: any LogFS, _ tail: Tail) throws(LogError) {
        do throws(FSError) {
            try disk.sync(tail.walk.source.file)
        } catch {
            if error.errno != ErrorNumber.readOnly { throw LogError(error) }
        }
        disk.dropCache(tail.walk.source.file)
    }

    private func footprint() throws(LogError) -> Footprint {
        try asLogError { () throws(FSError) in
            let names = try disk.list("")
            var bytes: UInt64 = 0
            if let newest = names.last(where: SegmentName.claims) {
                let file = try disk.open(newest, .read)
                defer { disk.close(file) }
                bytes = try disk.size(of: file)
            }
            let durable = try disk.contents(of: LogNames.durable, limit: Watermarks.fileLimit)
            return Footprint(names: names, durable: durable, newestBytes: bytes)
        }
    }

    /// What the writer says, and without `DURABLE` what the newest segment vouches for; nil while there is no segment.
    private func watermarks() throws(LogError) -> Watermarks? {
        guard let name = try newestSegment() else { return nil }
        do throws(LogError) {
            let source = try SegmentSource(disk, name)
            let header = try SegmentHeader(source.beginning(), file: name)
            if let marks = try readWatermarks(disk, logID: header.logID) { return marks }
            var walk = SegmentWalk(source, header)
            // A segment is born when all before it is synced, and each batch says how far that was then.
            var synced = header.firstSequence - 1
            while let record = try walk.next(frames: true) {
                if case .batch(let batch, _) = record { synced = max(synced, batch.durableThrough) }
            }
            return Watermarks(synced: synced, visible: synced)
        } catch .file(let error) where error.isNoEntry {
            // An empty segment that a writer has just removed: the next look finds the one after it.
            return nil
        } catch {
            throw error
        }
    }

    /// Nil for a log that is not born yet.
    private func newestSegment() throws(LogError) -> String? {
        // A writer that removes an empty segment while the names are read may hide the one after it, once.
        for _ in 0..<3 {
            let names = try asLogError { () throws(FSError) in try disk.list("") }
            if let newest = names.last(where: SegmentName.claims) { return newest }
            if !names.contains(LogNames.durable) { return nil }
        }
        throw RecoveryVerdict.segmentsMissing(beside: LogNames.durable)
    }
}
