/// The open `DURABLE` file of a writer.
///
/// Rewritten after each sync or write with no sync of its own: it may lag behind the truth after a power cut, and
/// never runs ahead of it.
final class DurableFile {
    private let disk: any LogFS
    private let logID: UInt64
    private let file: LogFile
    private(set) var marks: Watermarks

    /// Opens or creates the file, and fills both slots so that later writes need no room on the disk.
    init(_ disk: any LogFS, logID: UInt64, _ marks: Watermarks) throws(FSError) {
        self.disk = disk
        self.logID = logID
        self.marks = marks
        let known = try disk.contents(of: LogNames.durable, limit: Watermarks.fileLimit)
        file = try disk.open(LogNames.durable, known == nil ? .create : .write)
        let slots = known.map { Watermarks.slots(in: $0, logID: logID) } ?? []
        self.marks.counter = slots.map(\.counter).max() ?? 0
        try write(synced: marks.synced, visible: marks.visible)
        if slots.count == 2 { return }
        try write(synced: marks.synced, visible: marks.visible)
        // Also when the file is there already: who created it was perhaps stopped before this.
        try sync()
    }

    deinit {
        disk.close(file)
    }

    /// Writes the next slot.
    func write(synced: UInt64, visible: UInt64) throws(FSError) {
        marks.counter += 1
        marks.synced = synced
        marks.visible = visible
        let offset = (marks.counter % 2) * UInt64(Watermarks.slotDistance)
        try disk.writeWhole(file, named: LogNames.durable, at: offset, marks.encode(logID: logID))
    }

    /// Makes the file and its name durable: at creation, seal and close.
    func sync() throws(FSError) {
        try disk.sync(file)
        try disk.syncDirectory("")
    }
}

/// The watermarks on disk; nil when there is no valid slot.
///
/// A writer may be between the bytes of a slot at that moment: then the other slot answers.
func readWatermarks(_ disk: any LogFS, logID: UInt64) throws(LogError) -> Watermarks? {
    try asLogError { () throws(FSError) in
        guard let bytes = try disk.contents(of: LogNames.durable, limit: Watermarks.fileLimit) else {
            return nil
        }
        return Watermarks.newest(in: bytes, logID: logID)
    }
}
