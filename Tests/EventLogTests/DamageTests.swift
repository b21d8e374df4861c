import EventLog
import Foundation
import TestSupport
import Testing

/// Rot, cuts and foreign files: found and named, or provably harmless; never silently wrong, never deleted.
struct DamageTests {
    /// A log of two segments, two batches each: a sealed one, and one that a killed writer left behind.
    private static func smallLog(closed: Bool = false) throws -> DiskFiles {
        let disk = MemoryDisk()
        let shared = options()
        for round in 0..<2 {
            let writer = try LogWriter.open(disk, shared)
            for index in 0..<2 { try writer.put(payload(round * 2 + index, bytes: 20)) }
            if round == 1, closed { try writer.close() }
        }
        var log = try disk.files()
        // Most of the zeros behind the tail tell nothing and take time.
        if let tail = log.segments.last, let content = log[tail],
            let used = content.lastIndex(where: { $0 != 0 })
        {
            log[tail] = Array(content.prefix(used + 100))
        }
        return log
    }

    private static let expected = (0..<4).map { payload($0, bytes: 20) }

    /// What reading and then opening a changed copy may do: refuse, or show all that was acknowledged.
    private func check(_ changed: DiskFiles, _ what: String) throws {
        let disk = try MemoryDisk(holding: changed)
        do {
            let shown = try readAll(disk).map(\.payload)
            if shown != Self.expected { Issue.record("\(what): read \(shown.count) batches") }
        } catch is LogError {}
        let before = changed
        do {
            let writer = try LogWriter.open(disk, options(seed: 9))
            #expect(writer.lastSequence == 4, "\(what): opened")
            #expect(try writer.replayAll().map(\.payload) == Self.expected, "\(what): replayed")
        } catch is LogError {
            var after = try disk.files()
            after["LOCK"] = before["LOCK"]
            #expect(after == before, "\(what): a refused log is left alone")
            return
        }
        let writer = try LogWriter.open(disk, options(seed: 9))
        try writer.put(payload(4, bytes: 20))
        let shown = try readAll(disk).map(\.payload)
        #expect(shown == Self.expected + [payload(4, bytes: 20)], "\(what): read after opening")
    }

    @Test func `a flipped bit anywhere is detected or harmless`() throws {
        for (name, content) in try Self.smallLog() where name != "LOCK" {
            let used = (content.lastIndex { $0 != 0 } ?? 0) + 9
            // Between its two slots, DURABLE holds nothing.
            let offsets = content.indices.filter { name == "DURABLE" ? $0 % 512 < 40 : $0 < used }
            try flip(name, offsets, in: Self.smallLog())
        }
    }

    @Test func `a flipped bit in or behind a close mark is detected or harmless`() throws {
        let log = try Self.smallLog(closed: true)
        let name = try #require(log.segments.last)
        let end = try readAll(MemoryDisk(holding: log)).last.map { Int($0.offset) + $0.storedBytes } ?? 0
        let used = (log[name, default: []].lastIndex { $0 != 0 } ?? 0) + 9
        try flip(name, Array(end..<used), in: log)
    }

    /// With WAYBILL_EXHAUSTIVE set every bit is flipped; without, one of each byte, for that takes seconds and not
    /// minutes, and a CRC misses none of the eight.
    private static let isExhaustive = ProcessInfo.processInfo.environment["WAYBILL_EXHAUSTIVE"] != nil

    private func flip(_ name: String, _ offsets: [Int], in log: DiskFiles) throws {
        for offset in offsets {
            for bit in 0..<8 where Self.isExhaustive || bit == offset % 8 {
                var changed = log
                changed[name]?[offset] ^= 1 << bit
                try check(changed, "\(name), offset \(offset), bit \(bit)")
            }
        }
    }

    @Test func `the log is found whole when nothing is flipped`() throws {
        let log = try Self.smallLog()
        #expect(log.segments.count == 2)
        #expect(try readAll(MemoryDisk(holding: log)).map(\.payload) == Self.expected)
    }

    @Test func `a segment cut at any length is refused, or still whole`() throws {
        let log = try Self.smallLog()
        for name in log.segments {
            let content = log[name, default: []]
            let used = (content.lastIndex { $0 != 0 } ?? 0) + 2
            for length in 0..<min(used, content.count) where length < 16 || length % 3 == 0 {
                var changed = log
                changed[name] = Array(content[..<length])
                try check(changed, "\(name) cut to \(length)")
            }
        }
    }

    @Test func `without watermarks a cut tail leaves a prefix, and the rest is moved aside`() throws {
        var log = try Self.smallLog()
        log["DURABLE"] = nil
        let name = try #require(log.segments.last)
        let content = log[name, default: []]
        let used = (content.lastIndex { $0 != 0 } ?? 0) + 1
        for length in 104..<used {
            var changed = log
            changed[name] = Array(content[..<length])
            let disk = try MemoryDisk(holding: changed)
            let shown = try readAll(disk).map(\.payload)
            #expect(shown == Array(Self.expected[..<shown.count]) && shown.count >= 2)
            let writer = try LogWriter.recovered(disk, options(seed: 9))
            #expect(writer.lastSequence == UInt64(shown.count))
            #expect(try readAll(disk).map(\.payload) == shown)
        }
    }

    @Test func `a bad batch before good ones is refused with file, offset and sequence`() throws {
        let log = try Self.smallLog()
        let batches = try readAll(MemoryDisk(holding: log))
        for batch in batches {
            var changed = log
            changed[batch.segment]?[Int(batch.offset) + 70] ^= 4
            let found = damage { _ = try verifyLog(MemoryDisk(holding: changed)) }
            #expect(found?.file == batch.segment)
            #expect(found?.offset == batch.offset)
            #expect(found?.sequence == batch.firstSequence)
        }
    }

    @Test func `a missing segment is refused and its follower named`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        for index in 0..<80 { try writer.put(payload(index, bytes: 5000)) }
        let log = try disk.files()
        #expect(log.segments.count >= 4)
        for (position, name) in log.segments.enumerated() {
            var changed = log
            changed[name] = nil
            let found = damage {
                _ = try LogWriter.open(MemoryDisk(holding: changed), options(seed: 2))
            }
            let isLast = position == log.segments.count - 1
            #expect(found?.file == log.segments[isLast ? position - 1 : position + 1])
            #expect(damage { _ = try verifyLog(MemoryDisk(holding: changed)) } != nil)
        }
    }

    @Test func `bytes behind the last batch of a sealed segment are found by verifying`() throws {
        var log = try Self.smallLog()
        let sealed = try #require(log.segments.first)
        let content = try #require(log[sealed])
        log[sealed] = content + content
        let found = damage { _ = try verifyLog(MemoryDisk(holding: log)) }
        #expect(found?.file == sealed)
        #expect(found?.offset == UInt64(content.count))
        #expect(found?.sequence == 3)
    }

    @Test func `a segment under another name, twice, or of another log is refused`() throws {
        let log = try Self.smallLog()
        let first = try #require(log.segments.first)
        var renamed = log
        renamed["seg-00000000000000000003-00000000000000ff.lz4"] = log[first]
        #expect(damage { _ = try LogWriter.open(MemoryDisk(holding: renamed), options(seed: 2)) } != nil)
        #expect(damage { _ = try verifyLog(MemoryDisk(holding: renamed)) } != nil)

        let other = MemoryDisk()
        let writer = try LogWriter.open(other, options(seed: 77))
        try writer.put(payload(0))
        var mixed = log
        for (name, content) in try other.files() where name.hasPrefix("seg-") { mixed[name] = content }
        #expect(damage { _ = try LogWriter.open(MemoryDisk(holding: mixed), options(seed: 2)) } != nil)
    }

    @Test func `traces of a log whose segments are gone are refused`() throws {
        for name in ["DURABLE", "snap-00000000000000000009", "quarantine/x.torn"] {
            let disk = try MemoryDisk(holding: [name: [1, 2, 3]])
            #expect(damage { _ = try LogWriter.open(disk, options()) }?.file == name)
            #expect(damage { _ = try LogReader(disk) }?.file == name)
        }
    }

    @Test func `a directory killed before its first segment is an empty log`() throws {
        let disk = try MemoryDisk(holding: ["LOCK": Array("12\n".utf8), "tmp-0000000000000001": [1, 2, 3]])
        #expect(try readAll(disk).isEmpty)
        #expect(try verifyLog(disk) == LogVerification())
        let writer = try LogWriter.recovered(disk, options())
        #expect(writer.opening.wasClean && writer.lastSequence == 0)
        #expect(try !disk.list("").contains("tmp-0000000000000001"))
    }

    @Test func `a log that ends before what a snapshot proves is refused`() throws {
        let disk = try MemoryDisk(holding: Self.smallLog())
        var asked = options(seed: 3)
        asked.provenThrough = 5
        #expect(damage { _ = try LogWriter.open(disk, asked) } != nil)
        asked.provenThrough = 4
        #expect(try LogWriter.open(disk, asked).lastSequence == 4)
    }

    @Test func `a newer format is refused with both versions`() throws {
        var log = try Self.smallLog()
        let name = try #require(log.segments.last)
        var content = log[name, default: []]
        content[11 + 14] = 9
        resealSegmentHeader(&content)
        log[name] = content
        let expected = LogError.newer(file: name, needs: 9, supports: 0)
        #expect(logError { _ = try LogWriter.open(MemoryDisk(holding: log), options(seed: 2)) } == expected)
        #expect(logError { _ = try verifyLog(MemoryDisk(holding: log)) } == expected)
        #expect(expected.description.contains("9") && expected.description.contains("0"))
    }
}
