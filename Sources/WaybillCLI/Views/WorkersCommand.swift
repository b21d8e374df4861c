import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct WorkersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "workers",
        abstract: "Lists workers with what they hold and what they registered for."
    )

    @OptionGroup var options: DataOptions

    struct Line: Encodable {
        let name: String
        let isDraining: Bool
        let running: UInt32
        let slots: UInt32?
        let queues: [String]
        let kinds: [String]
        let labels: [String]
        let succeeded: Int
        let failed: Int
        let crashed: Int
        let released: Int
        /// Successes among the attempts that succeeded, failed or crashed.
        let completionRate: Double?
        /// The last sign of life that stands in the log.
        let lastSeen: String?
        /// The sequence of its last event.
        let version: UInt64

        init(_ worker: Worker, _ summary: WorkerSummary?) {
            name = worker.name
            isDraining = worker.isDraining
            running = worker.running
            slots = worker.specification?.slots
            queues = worker.specification?.queues ?? []
            kinds = worker.specification?.kinds ?? []
            labels = worker.specification?.labels ?? []
            let attempts = summary?.attempts ?? AttemptTally()
            succeeded = attempts.succeeded
            failed = attempts.failed
            crashed = attempts.crashed
            released = attempts.released + attempts.snoozed
            completionRate = attempts.completionRate
            lastSeen = summary?.lastSeen?.rfc3339
            version = worker.lastSequence
        }

        var cells: [String] {
            [
                name, isDraining ? "draining" : "open", String(running), slots.map(String.init) ?? "",
                String(succeeded), String(failed), String(crashed),
                completionRate.map { "\(Int(($0 * 100).rounded())) %" } ?? "", lastSeen ?? "",
                queues.joined(separator: ","), kinds.joined(separator: ","),
            ]
        }
    }

    struct Report: Encodable {
        let workers: [Line]
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let (state, models) = try await options.fold()
            var workers: [Line] = []
            for worker in state.workerList {
                workers.append(Line(worker, await models.workers[worker.name]))
            }
            workers.sort { $0.name < $1.name }
            if options.json { return try Output.json(Report(workers: workers)) }
            var table = Table(
                [
                    "WORKER", "STATUS", "RUNNING", "SLOTS", "SUCCEEDED", "FAILED", "CRASHED", "COMPLETION",
                    "LAST SEEN", "QUEUES", "KINDS",
                ],
                numeric: [2, 3, 4, 5, 6, 7]
            )
            for worker in workers { table.add(worker.cells) }
            table.print()
        }
    }
}
