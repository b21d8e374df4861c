import EventLog
import Synchronization
import TestSupport
import Testing

/// A disk that is full, or that fails.
struct FaultTests {
    private static let noSpace: Int32 = 28
    private static let inputOutput: Int32 = 5

    @Test(arguments: [FSError.Operation.write, .open, .rename])
    func `a full disk refuses at reserve, harms nothing, and writing resumes`(_ failing: FSError.Operation)
        throws
    {
        let disk = FaultyDisk(MemoryDisk())
        let writer = try LogWriter.open(disk, options())
        var written = 0
        var refusals = 0
        for _ in 0..<60 {
            disk.refuse { operation, name in
                // The next segment, and with `write` also what fills the present one.
                operation == failing && (failing == .write ? name != "DURABLE" : name.hasPrefix("tmp-"))
                    ? Self.noSpace : nil
            }
            for _ in 0..<3 {
                if let error = logError({ try writer.reserve() }) {
                    #expect(error == .noSpace)
                    refusals += 1
                }
            }
            #expect(try readAll(disk).count == written)
            disk.refuse(nil)
            try writer.put(payload(written, bytes: 5000))
            written += 1
        }
        #expect(refusals > 0 && !writer.isPoisoned)
        #expect(try readAll(disk).map(\.payload) == (0..<60).map { payload($0, bytes: 5000) })
        try writer.close()
        let again = try LogWriter.recovered(disk, options(seed: 2))
        #expect(again.opening.wasClean && again.lastSequence == 60 && again.opening.quarantined.isEmpty)
        #expect(try disk.list("").allSatisfy { !$0.hasPrefix("tmp-") })
    }

    @Test(arguments: [false, true])
    func `an open without room succeeds for reading and completes at reserve`(_ torn: Bool) throws {
        let disk = FaultyDisk(MemoryDisk())
        do {
            let writer = try LogWriter.open(disk, options())
            try writer.put(payload(0))
        }
        if torn { try append([1, 2, 3], toLastSegmentOf: disk) }
        disk.refuse { operation, name in operation == .write && name != "LOCK" ? Self.noSpace : nil }
        let writer = try LogWriter.open(disk, options(seed: 2))
        #expect(!writer.isWritable && writer.lastSequence == 1)
        #expect(logError { try writer.reserve() } == .noSpace)
        #expect(logError { try writer.reserve() } == .noSpace)
        disk.refuse(nil)
        try writer.put(payload(1))
        #expect(writer.isWritable && writer.epoch == 2)
        #expect(writer.opening.quarantined.count == (torn ? 1 : 0))
        #expect(try readAll(disk).map(\.payload) == [payload(0), payload(1)])
    }

    @Test(arguments: [FSError.Operation.write, .syncData])
    func `a failed write or sync poisons, and the next open tells the outcome`(_ failing: FSError.Operation)
        throws
    {
        let disk = FaultyDisk(MemoryDisk())
        do {
            let writer = try LogWriter.open(disk, options())
            try writer.put(payload(0))
            try writer.reserve()
            disk.refuse { operation, _ in operation == failing ? Self.inputOutput : nil }
            let error = logError { try writer.put(payload(1)) }
            guard case .outcomeUnknown(let cause)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(cause.operation == failing && cause.errno == Self.inputOutput)
            disk.refuse(nil)
            #expect(writer.isPoisoned && writer.lastSequence == 1)
            #expect(logError { try writer.put(payload(2)) } == .poisoned)
            #expect(logError { try writer.reserve() } == .poisoned)
            let before = try disk.files()
            try writer.close()
            #expect(try disk.files() == before)
        }
        let writer = try LogWriter.open(disk, options(seed: 2))
        #expect(!writer.opening.wasClean)
        #expect(writer.lastSequence == (failing == .syncData ? 2 : 1))
    }

    @Test func `a failed sync of the directory at a roll fails closed`() throws {
        let disk = FaultyDisk(MemoryDisk())
        var written = 0
        do {
            let writer = try LogWriter.recovered(disk, options())
            disk.refuse { operation, _ in operation == .syncDirectory ? Self.inputOutput : nil }
            while written < 60, logError({ try writer.put(payload(written, bytes: 5000)) }) == nil {
                written += 1
            }
            #expect(writer.isPoisoned && written > 5 && written < 60)
            disk.refuse(nil)
            #expect(try readAll(disk).count == written)
        }
        let writer = try LogWriter.open(disk, options(seed: 2))
        #expect(writer.lastSequence == UInt64(written))
    }

    @Test(arguments: [0, 7])
    func `a close without room for its mark after a roll cut short is complete, though unclean`(_ taken: Int)
        throws
    {
        let disk = FaultyDisk(MemoryDisk())
        let writer = try LogWriter.open(disk, options())
        var written = 0
        // The first segment is born before the second one's name is refused.
        try writer.reserve()
        disk.refuse { operation, name in
            operation == .rename && name.hasPrefix("tmp-") ? Self.noSpace : nil
        }
        while written < 60, logError({ try writer.reserve() }) == nil {
            try writer.put(payload(written, bytes: 5000))
            written += 1
        }
        #expect(written > 5 && written < 60 && !writer.isPoisoned)
        // The old segment has lost its pad; a part of the mark may still fit.
        disk.limitRoom(to: taken)
        try writer.close()
        disk.limitRoom(to: nil)
        disk.refuse(nil)
        #expect(try readAll(disk).count == written)
        #expect(try verifyLog(disk).unpromised == nil)
        let again = try LogWriter.recovered(disk, options(seed: 2))
        #expect(!again.opening.wasClean && again.lastSequence == UInt64(written))
        #expect(again.opening.quarantined.isEmpty)
    }

    @Test func `every single call that fails once leaves a log that opens with all that was promised`() throws
    {
        for failing in 0..<400 {
            let disk = FaultyDisk(MemoryDisk())
            let calls = Mutex(0)
            disk.refuse { _, _ in
                calls.withLock { count in
                    defer { count += 1 }
                    return count == failing ? Self.inputOutput : nil
                }
            }
            var promised = 0
            let failure = logError {
                for round in 0..<2 {
                    let writer = try LogWriter.open(disk, options(seed: UInt64(round) + 1))
                    for _ in 0..<8 {
                        try writer.put(payload(promised, bytes: 8000))
                        promised += 1
                    }
                    if round == 0 { try writer.close() }
                }
            }
            disk.refuse(nil)
            let writer = try LogWriter.open(disk, options(seed: 99))
            #expect(writer.lastSequence >= UInt64(promised), "call \(failing)")
            try writer.put(payload(99))
            #expect(try verifyLog(disk).events == writer.lastSequence, "call \(failing)")
            if failure == nil { break }
        }
    }

    private func append(_ bytes: [UInt8], toLastSegmentOf disk: any LogFS) throws {
        let name = try #require(try disk.list("").last { $0.hasPrefix("seg-") })
        let file = try disk.open(name, .write)
        defer { disk.close(file) }
        let size = try disk.size(of: file)
        _ = try bytes.withUnsafeBytes { try disk.write(file, at: size, $0) }
    }
}
