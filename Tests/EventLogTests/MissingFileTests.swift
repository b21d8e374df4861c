import EventLog
import Foundation
import TestSupport
import Testing

/// A log that goes away under its writer: a write and a sync succeed on a file without a name, and promise nothing.
struct MissingFileTests {
    enum Loss: CaseIterable {
        case removed, cut, replaced
    }

    /// A log of several segments, and what is lost of it between two batches.
    private func lose(
        _ loss: Loss,
        of file: (DiskFiles) throws -> String,
        then: (LogWriter, String) throws -> Void
    ) throws {
        let directory = try TemporaryDirectory()
        let disk = try RealDisk(directory.path)
        let writer = try LogWriter.recovered(disk, options())
        for index in 0..<60 { try writer.put(payload(index, bytes: 5000)) }
        let name = try file(try disk.files())
        switch loss {
        case .removed: try disk.remove(name)
        case .cut:
            let open = try disk.open(name, .write)
            defer { disk.close(open) }
            try disk.truncate(open, to: 500)
        case .replaced:
            try directory.write(try disk.bytes(of: name), to: "copy")
            try disk.rename("copy", to: name)
        }
        try then(writer, name)
        #expect(writer.isPoisoned)
        #expect(logError { try writer.reserve() } == .poisoned)
        writer.abandon()
    }

    @Test(arguments: Loss.allCases, ["newest", "DURABLE", "LOCK"])
    func `a file that the writer has open and that is lost stops the next batch, before it is written`(
        loss: Loss,
        which: String
    ) throws {
        if loss == .cut, which == "LOCK" { return }
        try lose(loss) { files in
            which == "newest" ? try #require(files.segments.last) : which
        } then: { writer, name in
            let written = writer.bytesWritten
            let damage = damage { try writer.reserve() }
            #expect(damage?.file == name)
            #expect(damage?.problem.isEmpty == false)
            #expect(writer.bytesWritten == written)
        }
    }

    @Test(arguments: [Loss.removed, .cut], 0..<3)
    func `a sealed segment that is removed or cut is named at the next batch`(loss: Loss, index: Int) throws {
        try lose(loss) { files in
            files.segments[index]
        } then: { writer, name in
            #expect(damage { try writer.reserve() }?.file == name)
        }
    }

    @Test(arguments: [Loss.removed, .replaced])
    func `a file that is lost between a write and its sync isn't acknowledged`(loss: Loss) throws {
        let directory = try TemporaryDirectory()
        let disk = FaultyDisk(try RealDisk(directory.path))
        let writer = try LogWriter.recovered(disk, options())
        try writer.put(payload(0))
        try writer.reserve()
        let name = try #require(try disk.files().segments.last)
        disk.watch { operation, _ in
            guard operation == .syncData else { return }
            try? FileManager.default.removeItem(atPath: directory.path(name))
            if loss == .replaced { _ = try? directory.write([1, 2, 3], to: name) }
        }
        #expect(damage { try writer.put(payload(1)) }?.file == name)
        #expect(writer.lastSequence == 1)
        #expect(writer.isPoisoned)
    }

    @Test func `a directory that is removed is told as such, and a close doesn't say that all is well`()
        throws
    {
        let directory = try TemporaryDirectory()
        let path = directory.path("log")
        let writer = try LogWriter.recovered(try RealDisk(path), options())
        try writer.put(payload(0))
        try FileManager.default.removeItem(atPath: path)
        let damage = damage { try writer.close() }
        #expect(damage?.file.hasPrefix("seg-") == true)
        #expect(damage?.problem.contains("emptied or removed") == true)
    }

    @Test func `a directory that is renamed stays the same log`() throws {
        let directory = try TemporaryDirectory()
        let writer = try LogWriter.recovered(try RealDisk(directory.path("log")), options())
        try writer.put(payload(0))
        try FileManager.default.moveItem(atPath: directory.path("log"), toPath: directory.path("moved"))
        for index in 1..<60 { try writer.put(payload(index, bytes: 5000)) }
        try writer.close()
        #expect(try readAll(RealDisk(directory.path("moved"), create: false)).count == 60)
    }

    @Test(arguments: [Durability.commit, .none])
    func `what a log leaves behind is never called missing, over openings, kills, rolls and full disks`(
        durability: Durability
    ) throws {
        let directory = try TemporaryDirectory()
        let disk = FaultyDisk(try RealDisk(directory.path))
        for round in 0..<8 {
            let writer = try LogWriter.open(disk, options(durability, seed: UInt64(round) + 1))
            disk.isFull = round % 3 == 1
            if disk.isFull { #expect(logError { try writer.reserve() } == .noSpace) }
            disk.isFull = false
            for index in 0..<20 { try writer.put(payload(index, bytes: 3000)) }
            if round % 2 == 0 { try writer.close() } else { writer.abandon() }
        }
        #expect(try readAll(disk).count == 160)
    }

    @Test func `a live log without its segments is no empty log to a reader`() throws {
        let disk = FaultyDisk()
        let writer = try LogWriter.recovered(disk, options())
        for index in 0..<60 { try writer.put(payload(index, bytes: 5000)) }
        let segments = try disk.files().segments
        for name in segments.dropLast() { try disk.remove(name) }
        #expect(damage { _ = try readAll(disk) } != nil)
        try disk.remove(try #require(segments.last))
        #expect(damage { _ = try readAll(disk) }?.file == "DURABLE")
        writer.abandon()
    }

    @Test func `a live log without its DURABLE is no empty log to a reader`() throws {
        let disk = FaultyDisk()
        let writer = try LogWriter.recovered(disk, options())
        #expect(try readAll(disk).isEmpty)
        for index in 0..<60 { try writer.put(payload(index, bytes: 5000)) }
        try disk.remove("DURABLE")
        // All but the last batch, which nothing says to be durable.
        #expect(try readAll(disk).count == 59)
        writer.abandon()
        #expect(try readAll(disk).count == 60)
    }
}
