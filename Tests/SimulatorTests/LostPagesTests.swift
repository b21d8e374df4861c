import EventLog
import Simulator
import TestSupport
import Testing

struct LostPagesTests {
    /// A log of two batches whose writer died of the second one's failed sync: the cache has it, the disk has not.
    private func brokenLog() throws -> SimulatedDisk {
        let disk = SimulatedDisk()
        let writer = try LogWriter.open(disk, LyingDiskTests.options(1))
        try LyingDiskTests.append("first", writer)
        try writer.reserve()
        let seed = try #require((UInt64(0)..<64).first { SeededRandom.drawsOdd(seed: $0) })
        let effect = Fault.Effect.losePages(errno: SimulatedErrno.inputOutput, seed: seed)
        disk.faults = [Fault(.operation(.syncData, nth: disk.callCount(.syncData) + 1), effect)]
        #expect(throws: LogError.self) { try LyingDiskTests.append("second", writer) }
        disk.killProcess()
        return disk
    }

    @Test
    func `after a failed sync readers are shown what the disk has, not what the cache has`() throws {
        let disk = try brokenLog()
        let reader = try LogReader(disk)
        #expect(reader.visible == 1)
        #expect(try reader.next()?.lastSequence == 1)
        #expect(try reader.next() == nil)
        #expect(try LogWriter.open(disk, LyingDiskTests.options(2)).lastSequence == 1)
    }
}
