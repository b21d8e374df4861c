import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Lists jobs by number, which is the order of their creation.",
        discussion: "With --json one object: `jobs`, and `next`, the id to give to --after for the next page."
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var page: PageOptions

    @Option(
        help:
            "Only jobs in this state (may be repeated): \(JobState.allCases.map(\.name).joined(separator: ", "))."
    )
    var state: [JobState] = []

    @Option(help: "Only jobs of this queue.")
    var queue: Name?

    @Option(help: "Only jobs of this kind.")
    var kind: Name?

    @Option(help: "Only jobs with this tag.")
    var tag: Name?

    @Option(help: "Only jobs that run on this machine, or ran there last.")
    var machine: Name?

    @Option(help: "Only jobs that this worker holds.")
    var worker: Name?

    @Flag(help: "Newest first.")
    var newest = false

    private var filter: JobFilter {
        JobFilter(
            states: Set(state),
            queue: queue,
            kind: kind,
            tag: tag,
            machine: machine,
            worker: worker
        )
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let found = await models.jobs.page(
                filter,
                order: newest ? .newestFirst : .oldestFirst,
                after: page.cursor,
                limit: page.limit
            )
            let next = page.next(found, \.id.rawValue)
            if options.json { return Output.json(JSONPage(found, next: next)) }
            var table = Table(
                ["ID", "STATE", "KIND", "QUEUE", "PRIORITY", "ATTEMPTS", "CREATED"],
                numeric: [0, 4, 5]
            )
            for job in found { table.add(job.cells) }
            table.print(next: next)
        }
    }
}

extension JobSummary {
    fileprivate var cells: [String] {
        [
            id.description, shown(state, cancellation, isHeld: isHeld), kind.text, queue.text,
            String(priority),
            String(attempts), createdAt.rfc3339,
        ]
    }
}

/// A state with what makes it special.
func shown(_ state: JobState, _ cancellation: CancellationReason?, isHeld: Bool) -> String {
    if let cancellation { return "\(state.name) (\(cancellation.name))" }
    return isHeld ? "\(state.name) (held)" : state.name
}
