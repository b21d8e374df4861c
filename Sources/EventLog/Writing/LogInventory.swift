private import Synchronization

/// The files that a log is made of, as its writer knows them: so one that goes away, or is cut, under a live writer is
/// missed, and named.
///
/// Nothing of a log is ever removed by who writes it, so what was there once must be there. A writer glances at a few
/// of them with every batch, for some microseconds beside a sync, and looks at all of them where a name in the directory
/// has changed, at every fill, and when a reader misses something.
package final class LogInventory: Sendable {
    /// A file that must be there.
    struct Item: Sendable {
        let name: String
        /// The first sequence that it holds, or that is not written yet.
        let sequence: UInt64
        /// How long it is at least.
        var bytes: UInt64
        /// Of a file that the writer has open; another one under its name is as good as none.
        var identity: UInt64?
    }

    private struct Contents {
        var sealed: [Item] = []
        /// The segment that is appended to, and the files beside it.
        var open: [Item] = []
        var stamp: Int64?
        /// The sealed segment that is glanced at next.
        var turn = 0

        var items: [Item] { sealed + open }
    }

    /// Sealed segments that a glance looks at.
    private static let glance = 4

    private let disk: any LogFS
    private let contents = Mutex(Contents())

    /// What stands in a log that was judged and not written to yet.
    init(_ disk: any LogFS, _ verdict: RecoveryVerdict) {
        self.disk = disk
        let segments = verdict.chain.segments
        let ends = segments.dropFirst().map(\.header.previous.end) + [verdict.tail?.walk.lastBatchEnd ?? 0]
        contents.withLock { contents in
            for (segment, end) in zip(segments, ends) where end > 0 {
                let first = segment.header.firstSequence
                contents.sealed.append(Item(name: segment.name, sequence: first, bytes: end))
            }
        }
    }

    /// A segment is appended to from now on; the one before it never changes again.
    func open(_ segment: OpenSegment) throws(FSError) {
        guard disk.isShared else { return }
        let first = segment.header.firstSequence
        let stamp = try disk.directoryStamp()
        let open = [
            try item(segment.name, sequence: first, bytes: segment.end),
            try item(LogNames.durable, sequence: first, bytes: UInt64(Watermarks.fullBytes)),
            try item(LogNames.lock, sequence: first, bytes: 0),
        ]
        contents.withLock { contents in
            if var sealed = contents.open.first {
                sealed.identity = nil
                contents.sealed.append(sealed)
            }
            // One that is continued was among the sealed ones.
            contents.sealed.removeAll { $0.name == segment.name }
            contents.open = open
            contents.stamp = stamp
        }
    }

    private func item(_ name: String, sequence: UInt64, bytes: UInt64) throws(FSError) -> Item {
        Item(name: name, sequence: sequence, bytes: bytes, identity: try disk.entry(name)?.identity)
    }

    /// Before a batch: whether a name has come or gone in the directory, and whether the files that are written to, and
    /// some of the sealed segments in turn, are as long as they were; `end` bytes of the open segment are filled.
    func glance(at end: UInt64) throws(LogError) {
        guard disk.isShared, try confirm(end) else { return }
        let items = contents.withLock { contents in
            let count = min(Self.glance, contents.sealed.count)
            defer { contents.turn += count }
            let turn = contents.turn
            // The lock is empty: only its name can be lost.
            return contents.open.dropFirst().filter { $0.bytes > 0 }
                + (0..<count).map { contents.sealed[(turn + $0) % contents.sealed.count] }
        }
        for item in items { try check(item) }
    }

    /// After a sync: whether every file still has its name, and the segment that was synced the `end` bytes that were
    /// written to it.
    ///
    /// False where a name had changed, and every file was looked at.
    @discardableResult
    func confirm(_ end: UInt64) throws(LogError) -> Bool {
        guard disk.isShared else { return false }
        let stamp = try asLogError { () throws(FSError) in try disk.directoryStamp() }
        let segment: Item? = contents.withLock { contents in
            contents.open[0].bytes = max(contents.open[0].bytes, end)
            return contents.stamp == stamp ? contents.open[0] : nil
        }
        if let segment {
            try check(segment)
            return true
        }
        try examine()
        contents.withLock { $0.stamp = stamp }
        return false
    }

    /// Looks at every file.
    ///
    /// Throws ``LogError/damaged(_:)`` with the first that is missing, or shorter than what was written to it.
    package func examine() throws(LogError) {
        guard disk.isShared else { return }
        let items = contents.withLock { $0.items }
        for item in items { try check(item) }
    }

    private func check(_ item: Item) throws(LogError) {
        let entry = try asLogError { () throws(FSError) in try disk.entry(item.name) }
        guard let entry else { throw Self.damage(item, at: 0, try missing()) }
        if let identity = item.identity, entry.identity != identity {
            throw Self.damage(item, at: 0, "another file stands under its name")
        }
        if entry.bytes < item.bytes {
            throw Self.damage(
                item,
                at: entry.bytes,
                "the file ends here, and \(item.bytes) bytes were written"
            )
        }
    }

    /// Whether one file has gone, or all.
    private func missing() throws(LogError) -> String {
        let items = contents.withLock { $0.items }
        for item in items where try asLogError({ () throws(FSError) in try disk.entry(item.name) }) != nil {
            return "the file is missing"
        }
        return "the file is missing, as is every other of this log: its directory was emptied or removed"
    }

    private static func damage(_ item: Item, at offset: UInt64, _ problem: String) -> LogError {
        .damaged(Damage(file: item.name, offset: offset, sequence: item.sequence, problem: problem))
    }
}
