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
