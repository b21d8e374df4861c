import Benchmark
import EventLog

/// The log without the disk: framing a batch (LZ4, checksums, headers) and reading it back, in memory.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(metrics: [.wallClock, .throughput], maxDuration: .seconds(3))

    for size in [1, 64, 6400] {
        Benchmark("frame 6400 events in batches of \(size)") { benchmark in
            let payload = Payload.events(size)
            let log = try LogWriter.inMemory(options: LogOptions(durability: .none))
            // The first segment is made, and filled ahead twice, here and not under the clock.
            try payload.append(to: log)
            try log.reserve()
            benchmark.startMeasurement()
            for _ in 0..<(6400 / size) { try payload.append(to: log) }
            benchmark.stopMeasurement()
            try log.close()
        }
    }

    Benchmark("read 10 MB of batches of 64 events") { benchmark in
        let payload = Payload.events(64)
        let log = try LogWriter.inMemory(options: LogOptions(durability: .none))
        for _ in 0..<(10_000_000 / payload.bytes.count) { try payload.append(to: log) }
        try log.close()
        benchmark.startMeasurement()
        let reader = try log.reader()
        while let batch = try reader.next() { blackHole(batch.count) }
        benchmark.stopMeasurement()
    }
}
