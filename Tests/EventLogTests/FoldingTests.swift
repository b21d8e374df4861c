import EventLog
import Foundation
import TestSupport
import Testing

/// Between opening and the first reserve: a host folds, and nothing on the disk changes.
struct FoldingTests {
    /// Three segments of two batches each, all left by killed writers; behind them everything that a recovery would
    /// want to put right: a torn tail and a temporary file.
    private static func threeSegments() throws -> DiskFiles {
        let disk = MemoryDisk()
        let shared = options()
        for round in 0..<3 {
            let writer = try LogWriter.open(disk, shared)
            for index in 0..<2 { try writer.put(payload(round * 2 + index)) }
        }
        var log = try disk.files()
        let newest = try #require(log.segments.last)
        let content = log[newest, default: []]
        let last = try #require(try readAll(disk).last)
        log[newest] = Array(content[..<(Int(last.offset) + last.storedBytes)]) + [1, 2, 3]
        log["tmp-0000000000000001"] = [1, 2, 3]
        return log
    }

    private static let expected = (0..<6).map { payload($0) }

    /// Names, bytes and times of change of everything in a directory but the lock's text.
    private struct Snapshot: Equatable {
        var files: DiskFiles
        var changed: [String: Date] = [:]

        init(_ path: String) throws {
            files = try RealDisk(path).files()
            files["LOCK"] = nil
            for name in [""] + files.keys {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
                changed[name] = attributes[.modificationDate] as? Date
            }
        }
    }

    @Test(arguments: [0, 1, 2, 3])
    func `a log damaged in a sealed segment is refused, and not one byte, name or time is changed`(
        _ batch: Int
    )
        throws
    {
        var log = try Self.threeSegments()
        let hurt = try readAll(MemoryDisk(holding: log))[batch]
        #expect(hurt.segment == log.segments[batch / 2])
        log[hurt.segment]?[Int(hurt.offset) + 70] ^= 4
        let directory = try TemporaryDirectory()
        let disk = try RealDisk(directory.path)
        try disk.put(log)
        let before = try Snapshot(directory.path)
        let writer = try LogWriter.open(disk, options(seed: 9))
        #expect(!writer.isWritable)
        #expect(writer.lastSequence == 6)
        #expect(writer.epoch == 4)
        let found = damage { _ = try writer.replayAll() }
        #expect(found?.file == hurt.segment)
        #expect(found?.offset == hurt.offset)
        #expect(found?.sequence == hurt.firstSequence)
        try writer.close()
        #expect(try Snapshot(directory.path) == before)
    }

    @Test(arguments: DiskKind.allCases)
    func `a fold sees everything before anything is changed, and then the log is recovered`(_ kind: DiskKind)
        throws
    {
        try kind.with { disk in
            let log = try Self.threeSegments()
            try disk.put(log)
            let writer = try LogWriter.open(disk, options(seed: 9))
            #expect(try writer.replayAll().map(\.payload) == Self.expected)
            var untouched = try disk.files()
            untouched["LOCK"] = log["LOCK"]
            #expect(untouched == log)
            #expect(!writer.isWritable)
            #expect(writer.opening.quarantined.isEmpty)
            #expect(!writer.opening.wasClean)
            try writer.reserve()
            #expect(writer.isWritable)
            #expect(writer.opening.quarantined.map(\.bytes) == [3])
            try writer.put(payload(6))
            #expect(try readAll(disk).map(\.payload) == Self.expected + [payload(6)])
            #expect(try writer.replayAll().map(\.payload) == Self.expected)
            try writer.close()
            #expect(logError { _ = try writer.replay() } == .closed)
        }
    }

    @Test func `a replay goes beyond where old watermarks end`() throws {
        var log = try Self.threeSegments()
        log["DURABLE"] = nil
        let disk = try MemoryDisk(holding: log)
        let writer = try LogWriter.open(disk, options(seed: 9))
        // What later batches say to be synced, and no more.
        let shown = try readAll(disk).map(\.payload)
        #expect(shown.count < Self.expected.count)
        #expect(Self.expected.starts(with: shown))
        #expect(try writer.replayAll().map(\.payload) == Self.expected)
        try writer.reserve()
        #expect(try readAll(disk).map(\.payload) == Self.expected)
    }

    /// A log under `none` whose last batch, and some bytes of the one before it, a power cut took, while its
    /// watermarks landed.
    private static func cutByPower() throws -> DiskFiles {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options(.none))
        for index in 0..<6 { try writer.put(payload(index)) }
        let last = try readAll(disk)[4]
        var log = try disk.files()
        let name = try #require(log.segments.last)
        log[name] = Array(log[name, default: []].prefix(Int(last.offset) + last.storedBytes - 9))
        return log
    }

    @Test func `watermarks that outlived a power cut mislead no reader beside a folding writer`() throws {
        let disk = try MemoryDisk(holding: Self.cutByPower())
        let writer = try LogWriter.open(disk, options(.none, seed: 9))
        #expect(writer.lastSequence == 4)
        let reader = try LogReader(disk)
        #expect(reader.visible == 4)
        for index in 0..<4 { #expect(try reader.next()?.payload == payload(index)) }
        #expect(try reader.next() == nil)
        try writer.put(payload(7))
        #expect(try reader.next()?.payload == payload(7))
    }

    @Test func `watermarks that outlived a power cut mislead no reader that came before the writer`() throws {
        let disk = try MemoryDisk(holding: Self.cutByPower())
        let reader = try LogReader(disk)
        #expect(reader.visible == 4)
        let writer = try LogWriter.open(disk, options(.none, seed: 9))
        for index in 0..<4 { #expect(try reader.next()?.payload == payload(index)) }
        #expect(try reader.next() == nil)
        try writer.put(payload(7))
        #expect(try reader.next()?.payload == payload(7))
    }

    @Test func `a closed log that is only opened and closed again is not changed`() throws {
        let disk = MemoryDisk()
        do {
            let writer = try LogWriter.open(disk, options())
            try writer.put(payload(0))
            try writer.close()
        }
        let before = try disk.files()
        let writer = try LogWriter.open(disk, options(seed: 2))
        #expect(writer.opening.wasClean)
        #expect(writer.epoch == 2)
        try writer.close()
        #expect(try disk.files() == before)
    }
}
