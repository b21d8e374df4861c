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

    private func expectThree() throws {
        let log = try LogWriter.open(disk, options)
        #expect(log.lastSequence == 3)
        #expect(try LogReader(disk).visible == 3)
    }

    /// Engine seed 12578: the log opened, and showed its readers nothing of what it held.
    @Test
    func `a log whose readers would be shown nothing does not open`() throws {
        let log = try LogWriter.open(disk, options)
        for _ in 0..<3 { try append(to: log) }
        disk.killProcess()
        try disk.remove("DURABLE")
        disk.capacity = disk.usedSpace
        #expect(throws: LogError.noSpace) { try LogWriter.open(disk, options) }
        disk.capacity = nil
        try expectThree()
    }

    /// The same on a disk that refuses even to rewrite the watermarks; engine seed 3922 was shown too much.
    @Test
    func `a log whose readers would be shown an older end does not open`() throws {
        let log = try LogWriter.open(disk, options)
        for _ in 0..<2 { try append(to: log) }
        // The third batch is written and synced; the watermarks behind it are not.
        failWrite(2, .fail(errno: 5))
        #expect(throws: LogError.self) { try append(to: log) }
        disk.killProcess()
        // The first write is the lock's.
        failWrite(2, noSpace)
        #expect(throws: LogError.noSpace) { try LogWriter.open(disk, options) }
        #expect(disk.faults.isEmpty)
        try expectThree()
    }

    /// Engine seed 12578 again: the second attempt found the file, and never made its name durable.
    @Test
    func `watermarks that were created on the second attempt survive a power cut`() throws {
        // The lock, the segment's header and fill, the first slot; the second slot meets a full disk.
        failWrite(5, noSpace)
        let log = try LogWriter.open(disk, options)
        #expect(!log.isWritable && disk.faults.isEmpty)
        try log.reserve()
        let point = disk.crashPoint()
        #expect(point.image(.nothing(of: point)).names.contains("DURABLE"))
    }
}
