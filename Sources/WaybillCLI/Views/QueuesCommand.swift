import ArgumentParser
import Orchestration
import Waybill
import WaybillReplay

struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Lists queues with what waits and runs in them, and their limits."
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

        init(_ queue: Queue, _ counts: QueueSummary?) {
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
            self.counts = Dictionary(
                uniqueKeysWithValues: JobState.allCases.map { ($0.name, counts?[$0] ?? 0) }
            )
        }

        var cells: [String] {
            let limit = concurrency.map { "\(running)/\($0)" } ?? String(running)
            let rate = ratePerSecond.map { "\(($0 * 1000).rounded() / 1000)/s" } ?? ""
            let states = [JobState.scheduled, .blocked, .succeeded, .dead, .cancelled]
            return [name, status, String(ready), limit] + states.map { String(counts[$0.name] ?? 0) }
                + [rate, policy]
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
                queues.append(Line(queue, await models.queues[queue.name]))
            }
            queues.sort { $0.name < $1.name }
            if options.json { return try Output.json(Report(queues: queues)) }
            var table = Table(
                [
                    "QUEUE", "STATUS", "READY", "RUNNING", "SCHEDULED", "BLOCKED", "SUCCEEDED", "DEAD",
                    "CANCELLED", "RATE", "POLICY",
                ],
                numeric: [2, 3, 4, 5, 6, 7, 8]
            )
            for queue in queues { table.add(queue.cells) }
            table.print()
        }
    }
}
