import EventLog
import Simulator
import Testing

struct LyingDiskTests {
    static func options(_ seed: UInt64) -> LogOptions {
        LogOptions(limits: LogLimits(segmentBytes: 64 << 10), entropy: { seed }, processID: 1)
    }

    static func append(_ text: String, _ writer: LogWriter) throws {
        try writer.reserve()
        let bytes = Array(text.utf8)
        // Unsafe: the log takes raw bytes; the pointer does not leave the closure.
        try bytes.withUnsafeBytes { try writer.append($0, count: 1, time: writer.lastTime) }
    }

    @Test
    func `an acknowledged batch that a disk never wrote is missed, not forgotten`() throws {
        let disk = SimulatedDisk()
        let writer = try LogWriter.open(disk, Self.options(1))
        try Self.append("first", writer)
        try writer.reserve()
        disk.faults = [Fault(.operation(.syncData, nth: disk.callCount(.syncData) + 1), .lie)]
        try Self.append("second", writer)
        let point = disk.crashPoint()
        let after = SimulatedDisk(point.image(.everything(of: point)))
        #expect(throws: LogError.self) { try LogWriter.open(after, Self.options(2)) }
        let honest = after.visibleImage.files.filter { $0.key.hasPrefix("seg-") }
        #expect(honest == point.image(.everything(of: point)).files.filter { $0.key.hasPrefix("seg-") })
    }
}
