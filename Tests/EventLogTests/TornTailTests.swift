import EventLog
import TestSupport
import Testing

/// Ends that a crash left: copied aside once, cut, and never mistaken for what was promised.
struct TornTailTests {
    /// A log of one batch; behind it the bytes of a second one of which only some arrived.
    private func tornLog(_ landed: (Range<Int>) -> [Range<Int>]) throws -> (DiskFiles, whole: DiskFiles) {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        try writer.put(payload(0, bytes: 300))
        let before = try disk.files()
        try writer.put(payload(1, bytes: 1500))
        let after = try disk.files()
        let name = try #require(before.segments.first)
        var content = before[name, default: []]
        let full = after[name, default: []]
        let changed = content.indices.filter { content[$0] != full[$0] }
        let first = try #require(changed.first)
        let last = try #require(changed.last)
        for range in landed(first..<last + 1) { content.replaceSubrange(range, with: full[range]) }
        var torn = before
        torn[name] = content
        return (torn, after)
    }

    private func check(_ torn: DiskFiles, _ what: String) throws {
        let disk = try MemoryDisk(holding: torn)
        let shown = try readAll(disk)
        #expect(shown.first?.payload == payload(0, bytes: 300) && shown.count <= 2, "\(what)")
        if shown.count == 2 { #expect(shown[1].payload == payload(1, bytes: 1500), "\(what)") }
        let writer = try LogWriter.recovered(disk, options(seed: 3))
        #expect(writer.lastSequence == UInt64(shown.count) && !writer.opening.wasClean, "\(what)")
        let aside = writer.opening.quarantined
        try writer.put(payload(2))
        #expect(try readAll(disk).map(\.payload) == shown.map(\.payload) + [payload(2)], "\(what)")
        try writer.close()
        let again = try LogWriter.recovered(disk, options(seed: 4))
        #expect(again.opening.quarantined == aside && again.opening.wasClean, "\(what)")
    }

    @Test func `a write torn at any byte is cut`() throws {
        var whole = 0..<0
        let (before, after) = try tornLog { range in
            whole = range
            return []
        }
        let name = try #require(before.segments.first)
        // Every byte of the headers at both ends, and every 61st of the compressed bytes between them.
        for length in 0...whole.count where length < 90 || length > whole.count - 20 || length % 61 == 0 {
            var torn = before
            let landed = whole.lowerBound..<whole.lowerBound + length
            torn[name]?.replaceSubrange(landed, with: after[name, default: []][landed])
            try check(torn, "the first \(length) bytes")
        }
    }

    @Test func `a write whose sectors arrived in any combination is cut`() throws {
        for mask in 0..<16 {
            let (torn, _) = try tornLog { range in
                (0..<4).filter { mask >> $0 & 1 == 1 }.compactMap { sector in
                    let start = range.lowerBound / 512 * 512 + sector * 512
                    let lower = max(start, range.lowerBound)
                    let upper = min(start + 512, range.upperBound)
                    return lower < upper ? lower..<upper : nil
                }
            }
            try check(torn, "sectors \(String(mask, radix: 2))")
        }
    }

    @Test func `a torn tail is copied aside under segment and offset, and named by verify before`() throws {
        let (torn, _) = try tornLog { [$0.lowerBound..<$0.lowerBound + 700] }
        let disk = try MemoryDisk(holding: torn)
        let tail = try #require(try verifyLog(disk).unpromised)
        let writer = try LogWriter.recovered(disk, options(seed: 3))
        let aside = try #require(writer.opening.quarantined.first)
        #expect(aside.name.hasPrefix(tail.file) && aside.name.contains("\(tail.offset)"))
        #expect(aside.bytes == tail.bytes && writer.opening.quarantined.count == 1)
        let copy = try disk.bytes(of: "quarantine/" + aside.name)
        let original = torn[tail.file, default: []][Int(tail.offset)...].prefix(copy.count)
        #expect(copy == Array(original))
        #expect(try verifyLog(disk).unpromised == nil)
    }

    @Test func `a torn first batch of a segment is cut and the segment replaced`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.recovered(disk, options())
        let empty = try disk.files()
        try writer.put(payload(0, bytes: 1000))
        let full = try disk.files()
        let name = try #require(empty.segments.first)
        var content = empty[name, default: []]
        content.replaceSubrange(104..<300, with: full[name, default: []][104..<300])
        var torn = empty
        torn[name] = content
        let copy = try MemoryDisk(holding: torn)
        let next = try LogWriter.recovered(copy, options(seed: 5))
        #expect(next.lastSequence == 0 && next.opening.quarantined.count == 1)
        #expect(try !copy.list("").contains(name))
        try next.put(payload(1))
        #expect(try readAll(copy).map(\.payload) == [payload(1)])
    }

    @Test func `damage longer than any one write is refused`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        try writer.put(payload(0))
        var log = try disk.files()
        let name = try #require(log.segments.first)
        log[name]?.append(contentsOf: Array(repeating: 7, count: 9000))
        #expect(damage { _ = try LogWriter.open(MemoryDisk(holding: log), options(seed: 2)) } != nil)
    }

    @Test func `garbage and zeros behind the fill are harmless`() throws {
        let disk = MemoryDisk()
        let writer = try LogWriter.open(disk, options())
        try writer.put(payload(0))
        for extra in [Array(repeating: UInt8(0), count: 5000), Array(repeating: UInt8(7), count: 500)] {
            var log = try disk.files()
            let name = try #require(log.segments.first)
            log[name]?.append(contentsOf: extra)
            let next = try LogWriter.recovered(MemoryDisk(holding: log), options(seed: 2))
            #expect(next.lastSequence == 1)
            #expect(next.opening.quarantined.isEmpty == (extra.first == 0))
        }
    }
}
