import EventLog
import TestSupport
import Testing

/// Appending, rolling, closing and continuing, as a host sees them.
struct WritingTests {
    @Test(arguments: DiskKind.allCases, [Durability.commit, .none])
    func `what is appended is read back, byte for byte`(_ kind: DiskKind, _ durability: Durability) throws {
        try kind.with { disk in
            let writer = try LogWriter.open(disk, options(durability))
            #expect(writer.opening.wasClean && writer.epoch == 1 && writer.lastSequence == 0)
            for index in 0..<20 { try writer.put(payload(index), count: index + 1) }
            #expect(writer.lastSequence == 210)
            #expect(writer.syncedThrough == (durability == .commit ? 210 : 0))
            let batches = try readAll(disk)
            #expect(batches.map(\.payload) == (0..<20).map { payload($0) })
            #expect(batches.map(\.count) == Array(1...20))
            #expect(batches.last?.lastSequence == 210)
            #expect(batches.map(\.time) == Array(1...20))
            try writer.close()
            #expect(try readAll(disk).count == 20)
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `a full segment is followed by another, and loses its pad`(_ kind: DiskKind) throws {
        try kind.with { disk in
            let writer = try LogWriter.open(disk, options())
            for index in 0..<60 { try writer.put(payload(index, bytes: 5000)) }
            let summaries = try listSegments(disk)
            #expect(summaries.count > 2)
            #expect(summaries.dropLast().allSatisfy { $0.isSealed && $0.bytes <= 64 << 10 })
            #expect(
                zip(summaries, summaries.dropFirst()).allSatisfy { $0.lastSequence + 1 == $1.firstSequence }
            )
            #expect(try readAll(disk).map(\.payload) == (0..<60).map { payload($0, bytes: 5000) })
            #expect(try readAll(disk, from: 37).first?.firstSequence == 37)
            let verified = try verifyLog(disk)
            #expect(
                verified.segments == summaries.count && verified.events == 60 && verified.unpromised == nil
            )
            #expect(verified.storedBytes == writer.bytesWritten)
        }
    }

    @Test(arguments: DiskKind.allCases, [Durability.commit, .none])
    func `a closed log is continued in the same segment as a new epoch`(
        _ kind: DiskKind,
        _ durability: Durability
    ) throws {
        try kind.with { disk in
            for round in 0..<5 {
                let writer = try LogWriter.open(disk, options(durability, seed: UInt64(round) + 1))
                #expect(writer.opening.wasClean && writer.epoch == UInt64(round) + 1)
                #expect(writer.lastSequence == UInt64(round) * 3 && writer.lastTime == Int64(round) * 3)
                for index in 0..<3 { try writer.put(payload(round * 3 + index)) }
                try writer.close()
            }
            #expect(try listSegments(disk).count == 1)
            let batches = try readAll(disk)
            #expect(batches.map(\.payload) == (0..<15).map { payload($0) })
            let epochs: [UInt64] = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5]
            #expect(batches.map(\.epoch) == epochs)
        }
    }

    @Test func `a log that is opened and closed for ever without a batch never fails`() throws {
        let disk = MemoryDisk()
        let shared = options()
        for round in 0..<750 {
            let writer = try LogWriter.recovered(disk, shared)
            #expect(writer.epoch == UInt64(round) + 1)
            try writer.close()
        }
        #expect(try listSegments(disk).count == 1)
    }

    @Test(arguments: DiskKind.allCases, [Durability.commit, .none])
    func `a killed writer loses nothing and its successor begins a new segment`(
        _ kind: DiskKind,
        _ durability: Durability
    ) throws {
        try kind.with { disk in
            for round in 0..<4 {
                let writer = try LogWriter.recovered(disk, options(durability, seed: UInt64(round) + 1))
                #expect(writer.opening.wasClean == (round == 0))
                #expect(writer.opening.quarantined.isEmpty)
                #expect(writer.lastSequence == UInt64(round) * 3)
                for index in 0..<3 { try writer.put(payload(round * 3 + index)) }
            }
            #expect(try listSegments(disk).count == 4)
            #expect(try readAll(disk).map(\.payload) == (0..<12).map { payload($0) })
        }
    }

    @Test(arguments: DiskKind.allCases)
    func `an abandoned log is released as it is, and opened like one whose writer was killed`(
        _ kind: DiskKind
    )
        throws
    {
        try kind.with { disk in
            let writer = try LogWriter.open(disk, options())
            try writer.put(payload(0))
            let before = try disk.files()
            writer.abandon()
            #expect(try disk.files() == before)
            #expect(try lockHolder(disk) == nil && !writer.isWritable && !writer.isPoisoned)
            #expect(logError { try writer.put(payload(1)) } == .closed)
            writer.abandon()
            try writer.close()
            #expect(try disk.files() == before)
            let next = try LogWriter.open(disk, options(seed: 2))
            #expect(!next.opening.wasClean && next.lastSequence == 1)
        }
    }

    @Test func `a killed writer that appended nothing leaves no segment behind for ever`() throws {
        let disk = MemoryDisk()
        let shared = options()
        for round in 0..<10 {
            let writer = try LogWriter.recovered(disk, shared)
            #expect(writer.epoch == UInt64(round) + 1)
        }
        #expect(try listSegments(disk).count == 1)
    }

    @Test(arguments: DiskKind.allCases)
    func `a second writer is refused at once and told who has the log`(_ kind: DiskKind) throws {
        try kind.with { disk in
            #expect(try lockHolder(disk) == nil)
            let writer = try LogWriter.open(disk, options(processID: 815))
            #expect(try lockHolder(disk) == 815)
            #expect(logError { _ = try LogWriter.open(disk, options()) } == .locked(815))
            #expect(LogError.locked(815).description.contains("815"))
            try writer.close()
            #expect(try lockHolder(disk) == nil)
            #expect(logError { try writer.reserve() } == .closed)
            _ = try LogWriter.open(disk, options(seed: 2))
        }
    }

    @Test func `a batch over the limit is refused, the largest one fits`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        let limit = options().limits.batchBytes
        var generator = SeededRandom(seed: 5)
        let noise = generator.bytes(limit)
        for _ in 0..<20 { try writer.put(noise) }
        #expect(try readAll(disk).allSatisfy { $0.payload == noise })
        #expect(logError { try writer.put(noise + [1]) } == .tooLarge(bytes: limit + 1, limit: limit))
        #expect(logError { try writer.reserve() } == .poisoned)
    }

    @Test(arguments: 1...40)
    func `batches of every size lie behind each other without a gap`(_ seed: Int) throws {
        let disk = MemoryDisk()
        var generator = SeededRandom(seed: UInt64(seed))
        var written: [[UInt8]] = []
        let shared = options(seed: UInt64(seed))
        for _ in 0..<3 {
            let writer = try LogWriter.open(disk, shared)
            for _ in 0..<25 {
                let bytes = payload(
                    Int.random(in: 0..<1000, using: &generator),
                    bytes: .random(in: 1...8192, using: &generator)
                )
                try writer.put(bytes)
                written.append(bytes)
            }
            if Bool.random(using: &generator) { try writer.close() }
        }
        #expect(try readAll(disk).map(\.payload) == written, "seed \(seed)")
    }
}
