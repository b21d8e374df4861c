private import CChecksum

/// How far the log is durable and how far it may be shown, as `DURABLE` tells it.
///
/// The file has two slots, at 0 and 512, written in turn; the valid one with the highest counter holds.
///
///     0  u32 magic "WBD0" · 4 u32 CRC-32C over 8–32, salted with the log's id
///     8  u64 counter · 16 u64 synced · 24 u64 visible
///
/// No valid slot means no information, never damage.
struct Watermarks: Equatable {
    static let slotBytes = 32
    static let slotDistance = 512
    static let fileLimit = 2 * slotDistance
    /// With both slots filled.
    static let fullBytes = slotDistance + slotBytes
    private static let magic: UInt32 = 0x3044_4257

    var counter: UInt64 = 0
    /// Last sequence known to be on the device.
    var synced: UInt64 = 0
    /// Last sequence that readers may show.
    var visible: UInt64 = 0

    func encode(logID: UInt64) -> [UInt8] {
        var slot = [UInt8](repeating: 0, count: Self.slotBytes)
        // Unsafe only for the duration of the call: the array outlives it.
        slot.withUnsafeMutableBytes { bytes in
            bytes.setField(Self.magic, at: 0)
            bytes.setField(counter, at: 8)
            bytes.setField(synced, at: 16)
            bytes.setField(visible, at: 24)
            bytes.setField(Self.checksum(UnsafeRawBufferPointer(bytes), logID), at: 4)
        }
        return slot
    }

    /// What a `DURABLE` file's bytes say; nil when no slot is valid for this log.
    static func newest(in file: [UInt8], logID: UInt64) -> Watermarks? {
        slots(in: file, logID: logID).max { $0.counter < $1.counter }
    }

    /// The valid slots, two at most.
    static func slots(in file: [UInt8], logID: UInt64) -> [Watermarks] {
        [0, slotDistance].compactMap { start in
            start + slotBytes <= file.count ? decode(file[start..<start + slotBytes], logID) : nil
        }
    }

    private static func decode(_ slot: ArraySlice<UInt8>, _ logID: UInt64) -> Watermarks? {
        // Unsafe only for the duration of the call: the slice outlives it.
        slot.withUnsafeBytes { bytes in
            guard bytes.field(UInt32.self, at: 0) == magic,
                bytes.field(UInt32.self, at: 4) == checksum(bytes, logID)
            else { return nil }
            return Watermarks(
                counter: bytes.field(UInt64.self, at: 8),
                synced: bytes.field(UInt64.self, at: 16),
                visible: bytes.field(UInt64.self, at: 24)
            )
        }
    }

    private static func checksum(_ slot: UnsafeRawBufferPointer, _ logID: UInt64) -> UInt32 {
        crc32c(crc32c(0, logID), UnsafeRawBufferPointer(rebasing: slot[8..<slotBytes]))
    }
}

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
