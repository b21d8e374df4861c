import EventLog
import Simulator
import TestSupport
import Testing

struct FaultTests {
    let disk = SimulatedDisk()

    @Test
    func `the n-th call of a kind fails once and does nothing`() throws {
        let file = try disk.durableFile("a", "x")
        disk.faults = [Fault(.operation(.write, nth: 2), .fail(errno: SimulatedErrno.inputOutput))]
        #expect(throws: FSError(.write, "a", errno: SimulatedErrno.inputOutput)) {
            try disk.put("y", in: file)
        }
        #expect(try disk.text(of: file) == "x")
        #expect(try disk.put("z", in: file) == 1)
        #expect(disk.faultsInjected.values.reduce(0, +) == 1)
    }

    @Test
    func `a short write takes a part and says so`() throws {
        let file = try disk.durableFile("a", "")
        disk.faults = [Fault(.operation(.write, nth: 2), .short(bytes: 2))]
        #expect(try disk.put("abcd", in: file) == 2)
        #expect(try disk.text(of: file) == "ab")
    }

    @Test
    func `a full disk takes what fits and then nothing until there is room again`() throws {
        let file = try disk.durableFile("a", "12")
        disk.capacity = 4
        #expect(try disk.put("3456", at: 2, in: file) == 2)
        #expect(throws: FSError(.write, "a", errno: SimulatedErrno.noSpace)) {
            try disk.put("5", at: 4, in: file)
        }
        #expect(try disk.put("abcd", in: file) == 4)
        disk.capacity = 5
        #expect(try disk.put("e", at: 4, in: file) == 1)
        #expect(try disk.text(of: file) == "abcde")
    }

    @Test
    func `after a failed sync the cache shows bytes that the disk lacks`() throws {
        let file = try disk.durableFile("a", "old")
        try disk.put("new", in: file)
        let seed = try #require((UInt64(0)..<64).first { SeededRandom.drawsOdd(seed: $0) })
        disk.faults = [
            Fault(.operation(.syncData, nth: 1), .losePages(errno: SimulatedErrno.inputOutput, seed: seed))
        ]
        #expect(throws: FSError(.syncData, "a", errno: SimulatedErrno.inputOutput)) {
            try disk.syncData(file)
        }
        #expect(try disk.text(of: file) == "new")
        try disk.syncData(file)
        #expect(disk.outcomes() == ["a=old"])
        disk.dropCache(file)
        #expect(try disk.text(of: file) == "old")
    }

    @Test
    func `a sync that lies leaves nothing behind`() throws {
        let file = try disk.durableFile("a", "old")
        try disk.put("new", in: file)
        disk.faults = [Fault(.operation(.sync, nth: 2), .lie)]
        try disk.sync(file)
        #expect(disk.outcomes() == ["a=old"])
    }

    @Test
    func `after a crash every call fails and nothing more happens`() throws {
        let file = try disk.durableFile("a", "x")
        disk.faults = [Fault(.change(disk.changes + 1), .crashBefore)]
        #expect(throws: FSError(.write, "a", errno: SimulatedDisk.powerLost)) { try disk.put("y", in: file) }
        #expect(throws: FSError.self) { try disk.sync(file) }
        #expect(throws: FSError.self) { try disk.open("a", .read) }
        #expect(disk.outcomes() == ["a=x"])
    }

    @Test
    func `a crash after a call leaves its effect pending`() throws {
        let file = try disk.durableFile("a", "x")
        disk.faults = [Fault(.change(disk.changes + 1), .crashAfter)]
        #expect(throws: FSError(.write, "a", errno: SimulatedDisk.powerLost)) { try disk.put("y", in: file) }
        #expect(disk.outcomes() == ["a=x", "a=y"])
    }

    @Test
    func `a killed process loses its descriptors and no bytes`() throws {
        let file = try disk.durableFile("a", "x")
        try disk.put("y", in: file)
        disk.killProcess()
        #expect(throws: FSError.self) { try disk.text(of: file) }
        let again = try disk.open("a", .read)
        #expect(try disk.text(of: again) == "y")
        #expect(disk.outcomes() == ["a=x", "a=y"])
    }
}

extension SeededRandom {
    /// Whether a failed sync with this seed loses its only write.
    static func drawsOdd(seed: UInt64) -> Bool {
        var random = SeededRandom(seed: seed)
        return !random.oneIn(2)
    }
}
