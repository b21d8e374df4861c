import EventLog
import Simulator
import Testing

/// Openings on a disk that has room for nothing.
struct FullDiskOpeningTests {
    private let disk = SimulatedDisk()
    private let options = LogOptions(limits: LogLimits(segmentBytes: 64 << 10))
    private let noSpace = Fault.Effect.fail(errno: 28)

    private func append(to log: LogWriter) throws {
        let payload = [UInt8](repeating: 7, count: 100)
        // Unsafe: the log takes raw bytes; the pointer does not leave the closure.
        try payload.withUnsafeBytes { try log.append($0, count: 1, time: log.lastTime) }
    }

    private func failWrite(_ nth: Int, _ effect: Fault.Effect) {
        disk.faults = [Fault(.operation(.write, nth: disk.callCount(.write) + nth), effect)]
    }

    /// Everything is there to fold, nothing is written, and readers are shown no more than there is.
    private func expectToWait(_ log: LogWriter) throws {
        #expect(log.lastSequence == 3)
        #expect(throws: LogError.noSpace) { try log.reserve() }
        #expect(!log.isWritable)
        #expect(try LogReader(disk).visible <= 3)
    }

    private func expectThree(_ log: LogWriter) throws {
        try log.reserve()
        #expect(log.isWritable)
        #expect(try LogReader(disk).visible == 3)
    }

    /// Engine seed 12578: the log opened, and an engine would have folded nothing of what it held.
    @Test
    func `a log without room for its watermarks is folded whole and waits`() throws {
        let writer = try opened()
        for _ in 0..<3 { try append(to: writer) }
        disk.killProcess()
        try disk.remove("DURABLE")
        disk.capacity = disk.usedSpace
        let log = try LogWriter.open(disk, options)
        try expectToWait(log)
        disk.capacity = nil
        try expectThree(log)
    }

    /// The same on a disk that refuses even to rewrite the watermarks; engine seed 3922 was shown too much.
    @Test
    func `a log whose watermarks can't be rewritten is folded whole and waits`() throws {
        let writer = try opened()
        for _ in 0..<2 { try append(to: writer) }
        // The third batch is written and synced; the watermarks behind it are not.
        failWrite(2, .fail(errno: 5))
        #expect(throws: LogError.self) { try append(to: writer) }
        disk.killProcess()
        // The first write is the lock's.
        failWrite(2, noSpace)
        let log = try LogWriter.open(disk, options)
        try expectToWait(log)
        #expect(disk.faults.isEmpty)
        try expectThree(log)
    }

    /// Engine seed 12578 again: the second attempt found the file, and never made its name durable.
    @Test
    func `watermarks that were created on the second attempt survive a power cut`() throws {
        // The lock, the segment's header and fill, the first slot; the second slot meets a full disk.
        failWrite(5, noSpace)
        let log = try LogWriter.open(disk, options)
        #expect(throws: LogError.noSpace) { try log.reserve() }
        #expect(!log.isWritable)
        #expect(disk.faults.isEmpty)
        try log.reserve()
        let point = disk.crashPoint()
        #expect(point.image(.nothing(of: point)).names.contains("DURABLE"))
    }

    private func opened() throws -> LogWriter {
        let log = try LogWriter.open(disk, options)
        try log.reserve()
        return log
    }
}
