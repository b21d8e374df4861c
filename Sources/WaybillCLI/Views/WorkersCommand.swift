import ArgumentParser
import Orchestration
import Waybill
import WaybillReplay

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
        /// The sequence of its last event.
        let version: UInt64

        init(_ worker: Worker) {
            name = worker.name
            isDraining = worker.isDraining
            running = worker.running
            slots = worker.specification?.slots
            queues = worker.specification?.queues ?? []
            kinds = worker.specification?.kinds ?? []
            labels = worker.specification?.labels ?? []
            version = worker.lastSequence
        }

        var cells: [String] {
            [
                name, isDraining ? "draining" : "open", String(running), slots.map(String.init) ?? "",
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
            let workers = try await options.fold().state.workerList.map(Line.init).sorted {
                $0.name < $1.name
            }
            if options.json { return try Output.json(Report(workers: workers)) }
            var table = Table(["WORKER", "STATUS", "RUNNING", "SLOTS", "QUEUES", "KINDS"], numeric: [2, 3])
            for worker in workers { table.add(worker.cells) }
            table.print()
        }
    }
}
