import EventLog
import TestSupport
import Testing

/// Readers beside a living writer.
struct FollowingTests {
    @Test(arguments: DiskKind.allCases, [Durability.commit, .none])
    func `a reader follows a live log across rolls and openings`(_ kind: DiskKind, _ durability: Durability)
        throws
    {
        try kind.with { disk in
            let shared = options(durability)
            var writer = try LogWriter.open(disk, shared)
            let reader = try LogReader(disk)
            #expect(try reader.next() == nil)
            for index in 0..<80 {
                if index == 30 {
                    try writer.close()
                    #expect(try reader.next() == nil)
                    writer = try LogWriter.open(disk, shared)
                }
                let bytes = payload(index, bytes: 3000)
                try writer.put(bytes, count: 2)
                #expect(try reader.next()?.payload == bytes)
                #expect(try reader.next() == nil)
                #expect(reader.visible == writer.lastSequence)
            }
            #expect(try listSegments(disk).count > 2)
        }
    }

    @Test func `a reader of an empty directory shows nothing, and follows once a log is born`() throws {
        let disk = MemoryDisk()
        let reader = try LogReader(disk)
        #expect(try reader.next() == nil)
        let writer = try LogWriter.open(disk, options())
        try writer.put(payload(1))
        #expect(try reader.next()?.payload == payload(1))
    }

    @Test func `a reader may begin in the middle of a batch and of the future`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        for index in 0..<10 { try writer.put(payload(index), count: 10) }
        #expect(try readAll(disk, from: 35).map(\.firstSequence) == [31, 41, 51, 61, 71, 81, 91])
        let reader = try LogReader(disk, from: 101)
        #expect(try reader.next() == nil)
        try writer.put(payload(10), count: 10)
        #expect(try reader.next()?.firstSequence == 101)
    }

    @Test func `bytes behind the visible end are never shown while a writer lives`() throws {
        let source = MemoryDisk()
        let writer = try LogWriter.open(source, options())
        try writer.put(payload(0))
        let before = try source.bytes(of: "DURABLE")
        try writer.put(payload(1))
        var copied = try source.files()
        copied["DURABLE"] = before
        let disk = try MemoryDisk(holding: copied)
        let lock = try disk.open("LOCK", .write)
        #expect(try disk.lock(lock))
        #expect(try readAll(disk).map(\.payload) == [payload(0)])
        disk.close(lock)
        #expect(try readAll(disk).map(\.payload) == [payload(0), payload(1)])
    }
}
