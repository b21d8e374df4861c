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

    @concurrent
    func run() async throws {
        try await reporting {
            let workers = try await options.fold().models.workers.all()
            if options.json { return Output.json(JSONPage(workers, next: Name?.none)) }
            var table = Table(
                [
                    "NAME", "STATUS", "RUNNING", "SLOTS", "SUCCEEDED", "FAILED", "CRASHED", "COMPLETION",
                    "LAST SEEN", "QUEUES", "KINDS",
                ],
                numeric: [2, 3, 4, 5, 6, 7]
            )
            for worker in workers { table.add(worker.cells) }
            table.print()
        }
    }
}

extension WorkerSummary {
    fileprivate var cells: [String] {
        [
            name.text, isDraining ? "draining" : "open", String(running),
            registration.map { String($0.slots) } ?? "",
            String(attempts.succeeded), String(attempts.failed), String(attempts.crashed),
            attempts.completionRate.map { "\(Int(($0 * 100).rounded())) %" } ?? "",
            lastSeen?.rfc3339 ?? "",
            registration?.queues.map(\.text).joined(separator: ",") ?? "",
            registration?.kinds.map(\.text).joined(separator: ",") ?? "",
        ]
    }
}
