import Benchmark
import Orchestration

/// The hot loop of the sequencer without the disk: decide, encode and apply one command.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput],
        scalingFactor: .kilo,
        maxDuration: .seconds(3)
    )

    for backlog in [1_000, 100_000] {
        Benchmark("cycle: dispatch + complete, backlog \(backlog)") { benchmark in
            var core = CoreUnderLoad(backlog: backlog)
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { core.cycle() }
            benchmark.stopMeasurement()
        }
    }

    Benchmark("re-rank a queue, backlog 1000000", configuration: .init(scalingFactor: .one)) { benchmark in
        var core = CoreUnderLoad(backlog: 1_000_000, priorities: 10)
        benchmark.startMeasurement()
        for number in benchmark.scaledIterations { core.configure(aging: .seconds(Int64(number % 2 + 1))) }
        benchmark.stopMeasurement()
    }

    Benchmark("create") { benchmark in
        var core = CoreUnderLoad(backlog: 0)
        benchmark.startMeasurement()
        for number in benchmark.scaledIterations { core.create(number) }
        benchmark.stopMeasurement()
    }

    Benchmark("replay: decode + apply, per event") { benchmark in
        var core = CoreUnderLoad(backlog: 0)
        for number in benchmark.scaledIterations { core.create(number) }
        let payload = core.bytes
        var state = State()
        benchmark.startMeasurement()
        for event in (try? EventCodec.decode(payload)) ?? [] { try? state.apply(event) }
        benchmark.stopMeasurement()
        blackHole(state.lastSequence)
    }
}
