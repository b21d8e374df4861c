import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Lists queues with what waits and runs in them, how long, and their limits.",
        discussion: "Ages and waits are as of the log's last event; waits are those of its last two hours."
    )

    @OptionGroup var options: DataOptions

    struct Line: Encodable {
        let name: String
        let status: String
        let ready: Int
        let running: UInt32
        let concurrency: UInt32?
        let keyConcurrency: UInt32?
        let ratePerSecond: Double?
        let policy: String
        let counts: [String: Int]
        let held: Int
        /// How long the ready job waits that has waited longest.
        let oldestSeconds: Double?
        let waitP50Seconds: Double?
        let waitP95Seconds: Double?
        /// Successes among the attempts that ended.
        let completionRate: Double?

        init(_ queue: Queue, _ counts: QueueSummary?, _ waits: DurationSummary?, at now: Timestamp) {
            let specification = queue.specification
            name = queue.name
            status = queue.status.name
            ready = queue.ready
            running = queue.running
            concurrency = specification.concurrency
            keyConcurrency = specification.keyConcurrency
            ratePerSecond = specification.rate.map {
                Double($0.starts) * 1e9 / Double($0.interval.nanoseconds)
            }
            policy = specification.policy.name
            held = counts?.held ?? 0
            oldestSeconds = counts?.oldestReady.map { (now - $0).seconds }
            waitP50Seconds = waits?.p50.seconds
            waitP95Seconds = waits?.p95.seconds
            completionRate = counts?.attempts.completionRate
            self.counts = Dictionary(
                uniqueKeysWithValues: JobState.allCases.map { ($0.name, counts?[$0] ?? 0) }
            )
        }

        var cells: [String] {
            let limit = concurrency.map { "\(running)/\($0)" } ?? String(running)
            let rate = ratePerSecond.map { "\(($0 * 1000).rounded() / 1000)/s" } ?? ""
            let states = [JobState.scheduled, .blocked, .succeeded, .dead, .cancelled]
            func short(_ seconds: Double?) -> String { seconds.map { "\(($0 * 10).rounded() / 10)" } ?? "" }
            return [name, status, String(ready), limit] + states.map { String(counts[$0.name] ?? 0) }
                + [short(oldestSeconds), short(waitP50Seconds), short(waitP95Seconds), rate, policy]
        }
    }

    struct Report: Encodable {
        let queues: [Line]
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let (state, models) = try await options.fold()
            var queues: [Line] = []
            for queue in state.queueList {
                let summary = await models.queues[queue.name]
                let waits = await models.throughput.waits(queue: queue.name)
                queues.append(Line(queue, summary, waits, at: state.lastTime))
            }
            queues.sort { $0.name < $1.name }
            if options.json { return try Output.json(Report(queues: queues)) }
            var table = Table(
                [
                    "QUEUE", "STATUS", "READY", "RUNNING", "SCHEDULED", "BLOCKED", "SUCCEEDED", "DEAD",
                    "CANCELLED", "OLDEST S", "WAIT P50 S", "P95 S", "RATE", "POLICY",
                ],
                numeric: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
            )
            for queue in queues { table.add(queue.cells) }
            table.print()
        }
    }
}

extension TimeSpan {
    var seconds: Double { Double(nanoseconds) / 1e9 }
}
