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
    var queue: String?

    @Option(help: "Only jobs of this kind.")
    var kind: String?

    @Option(help: "Only jobs with this tag.")
    var tag: String?

    @Option(help: "Only jobs that run on this machine, or ran there last.")
    var machine: String?

    @Option(help: "Only jobs that this worker holds.")
    var worker: String?

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

    struct Report: Encodable {
        let jobs: [JobLine]
        let next: UInt64?
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
            let next = found.count == page.limit ? found.last?.id.rawValue : nil
            if options.json { return try Output.json(Report(jobs: found.map(JobLine.init), next: next)) }
            var table = Table(
                ["ID", "STATE", "KIND", "QUEUE", "PRIORITY", "ATTEMPTS", "CREATED"],
                numeric: [0, 4, 5]
            )
            for job in found { table.add(JobLine(job).cells) }
            table.print()
            if let next { Output.note("more: --after \(next)") }
        }
    }
}
