import ArgumentParser
import EventLog
import Orchestration
import Waybill

struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measures dispatch cycles a second on the disk of --data.",
        discussion: """
            A cycle: the oldest ready job is dispatched, then completed; each command is answered only when it is \
            durable. The backlog of ~200-byte jobs is created first and then worked off by --workers callers; every \
            job must come out exactly once. Beside the rate stands what the disk's fdatasync costs: compare figures \
            from the same run of the same machine only.
            """
    )

    @Option(help: "Concurrent callers.")
    var workers = 64

    @Option(help: "Jobs a call.")
    var batch = 1

    @Option(help: "Jobs that wait at the beginning; all of them are worked off.")
    var backlog = 100_000

    @Option(help: "commit: durable before every answer; none: not synced at all.")
    var durability = Durability.commit

    @Option(
        help:
            "A directory on the disk to be measured; a log is made in it and removed. Default: the current one."
    )
    var data = "."

    @Flag(
        help:
            "The queue has limits on running jobs, on jobs of each of 1,000 keys, and a rate that isn't reached."
    )
    var limits = false

    @Flag(help: "Print one JSON object instead of text.")
    var json = false

    private static let largestBacklog = 100_000_000

    func validate() throws {
        try DataOptions.check(directory: data)
        guard workers > 0, workers <= 10_000 else {
            throw ValidationError("--workers must be between 1 and 10000.")
        }
        guard batch > 0, batch <= 1000 else { throw ValidationError("--batch must be between 1 and 1000.") }
        guard backlog > 0, backlog <= Self.largestBacklog else {
            throw ValidationError("--backlog must be between 1 and \(Self.largestBacklog).")
        }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let directory = ScratchDirectory(in: data, prefix: "waybill-bench")
            try directory.create()
            let report = try await measured(in: directory)
            if json { try Output.json(report) } else { report.print() }
            guard report.exactlyOnce else { throw CommandFailure("jobs were lost or handed out twice") }
        }
    }

    /// The directory is gone before anything is printed: a reader that goes away ends the process there.
    private func measured(in directory: ScratchDirectory) async throws -> BenchReport {
        defer { directory.remove() }
        let disk = try DiskProbe.measure(in: directory.path)
        if disk.isMemory {
            Output.diagnostic("waybill: \(data) is in memory: these figures say nothing about a disk")
        }
        let load = CycleLoad(
            workers: workers,
            batch: batch,
            backlog: backlog,
            durability: durability,
            hasLimits: limits
        )
        return try await load.run(in: directory.path + "/log", disk: disk)
    }
}

/// What a bench run measured, with the conditions beside it.
struct BenchReport: Encodable {
    let workers: Int
    let batch: Int
    let backlog: Int
    let durability: String
    /// Of running jobs in the queue and by key, and a rate.
    let limits: Bool
    let cycles: Int
    let seconds: Double
    let cyclesPerSecond: Double
    let commandP50Micros: Double
    let commandP99Micros: Double
    /// Of a 4 KiB rewrite in a file that was filled before, as the log's own writes are.
    let fdatasyncP50Micros: Double
    let fdatasyncP99Micros: Double
    /// How long the read models took to catch up after the last answer.
    let readModelLagSeconds: Double
    let exactlyOnce: Bool

    func print() {
        func rounded(_ value: Double) -> String { String((value * 10).rounded() / 10) }
        Output.line("\(Int(cyclesPerSecond)) cycles/s  (\(cycles) cycles in \(rounded(seconds)) s)")
        Output.line(
            "W=\(workers)  batch=\(batch)  backlog=\(backlog)  durability=\(durability)  limits=\(limits ? "on" : "off")"
        )
        Output.line("command p50 \(rounded(commandP50Micros)) µs, p99 \(rounded(commandP99Micros)) µs")
        Output.line("fdatasync p50 \(rounded(fdatasyncP50Micros)) µs, p99 \(rounded(fdatasyncP99Micros)) µs")
        Output.line("read models caught up \(rounded(readModelLagSeconds * 1000)) ms after the last answer")
        Output.line("exactly once: \(exactlyOnce ? "yes" : "NO")")
    }
}
