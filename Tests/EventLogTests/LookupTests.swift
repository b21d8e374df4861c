import EventLog
import Testing

/// Single batches found again, in any order, while the log grows.
struct LookupTests {
    func append(_ log: LogWriter, _ number: UInt64, _ count: Int) throws {
        var chaos = number
        let payload = (0..<100 + number % 700).map { _ in
            chaos = chaos &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(chaos >> 56)
        }
        try payload.withUnsafeBytes { try log.append($0, count: count, time: Int64(number)) }
    }

    @Test func `every batch is found as the reader gives it, over rolls, epochs and growth`() throws {
        let disk = MemoryDisk()
        var options = LogOptions()
        options.limits = LogLimits(segmentBytes: 64 << 10)
        let lookup = LogLookup(disk)
        #expect(throws: LogError.self) { try lookup.batch(holding: 1) }
        var number: UInt64 = 0
        for round in 1...3 {
            let log = try LogWriter.open(disk, options)
            for _ in 0..<400 {
                number += 1
                try append(log, number, Int(number % 5) + 1)
                let last = log.lastSequence
                #expect(try lookup.batch(holding: last).lastSequence == last)
            }
            if round == 2 { log.abandon() } else { try log.close() }
        }
        let reader = try LogReader(disk)
        var batches: [LogBatch] = []
        while let batch = try reader.next() { batches.append(batch) }
        #expect(Set(batches.map(\.segment)).count > 3)
        for look in [lookup, LogLookup(disk)] {
            for step in 0..<batches.count {
                let batch = batches[step &* 7919 % batches.count]
                #expect(try look.batch(holding: batch.firstSequence) == batch)
                #expect(try look.batch(holding: batch.lastSequence) == batch)
            }
            let end = batches.last?.lastSequence ?? 0
            #expect(throws: LogError.self) { try look.batch(holding: 0) }
            #expect(throws: LogError.self) { try look.batch(holding: end + 1) }
        }
    }
}
