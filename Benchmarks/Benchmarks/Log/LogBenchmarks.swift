import Benchmark
import EventLog

/// The log without the disk: framing a batch (LZ4, checksums, headers) and reading it back, in memory.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

    for events in [1, 64, 6400] {
        Benchmark("frame a batch of \(events) events") { benchmark in
            let payload = Payload.events(events)
            let log = try LogWriter.open(MemoryDisk(), LogOptions(durability: .none))
            benchmark.startMeasurement()
            for _ in 0..<10 { try payload.append(to: log) }
            benchmark.stopMeasurement()
            try log.close()
        }
    }

    Benchmark("read 10 MB of batches of 64 events") { benchmark in
        let disk = MemoryDisk()
        let payload = Payload.events(64)
        let log = try LogWriter.open(disk, LogOptions(durability: .none))
        for _ in 0..<(10_000_000 / payload.bytes.count) { try payload.append(to: log) }
        try log.close()
        benchmark.startMeasurement()
        let reader = try LogReader(disk)
        while let batch = try reader.next() { blackHole(batch.count) }
        benchmark.stopMeasurement()
    }
}
