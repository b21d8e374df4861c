/// How far a reader may look.
///
/// While a writer holds the lock, only as far as `DURABLE` says; bytes behind that mean nothing yet. With no
/// writer, as far as the rules of opening confirm, applied without changing anything.
struct Visibility {
    private let disk: any LogFS
    private(set) var visible: UInt64 = 0
    /// The directory and the watermarks at the last judgement, so that an unchanged log is judged only once.
    private var judged: Footprint?

    private struct Footprint: Equatable {
        let names: [String]
        let durable: [UInt8]?
        let newestBytes: UInt64
    }

    init(_ disk: any LogFS) {
        self.disk = disk
    }

    /// Looks again.
    ///
    /// Throws ``LogError/damaged(_:)`` when a log without a writer is to be refused.
    mutating func refresh() throws(LogError) {
        if try lockHolder(disk) != nil { return try followWriter() }
        let footprint = try footprint()
        if footprint == judged { return }
        do throws(LogError) {
            let judgement = try Judgement(disk, settling: false)
            if judgement.lastSequence > judgement.marks?.synced ?? 0, let tail = judgement.tail {
                try Self.settle(disk, tail)
            }
            visible = max(visible, judgement.lastSequence)
            judged = footprint
        } catch {
            // A writer may have begun to recover the log under our eyes.
            if try lockHolder(disk) == nil { throw error }
            try followWriter()
        }
    }

    private mutating func followWriter() throws(LogError) {
        judged = nil
        guard let logID = try anyLogID(), let marks = try readWatermarks(disk, logID: logID) else { return }
        visible = max(visible, marks.visible)
    }

    /// What is about to be shown was perhaps never synced: do so now, unless the file system cannot be written to
    /// and so has nothing to sync.
    private static func settle(_ disk: any LogFS, _ tail: Tail) throws(LogError) {
        do throws(FSError) {
            try disk.sync(tail.walk.source.file)
        } catch {
            if error.errno != ErrorNumber.readOnly { throw LogError(error) }
        }
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

    private func anyLogID() throws(LogError) -> UInt64? {
        let names = try asLogError { () throws(FSError) in try disk.list("") }
        guard let name = names.last(where: SegmentName.claims) else { return nil }
        return try SegmentHeader(SegmentSource(disk, name).beginning(), file: name).logID
    }
}
