import ArgumentParser
import Orchestration
import Waybill
import WaybillReplay

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs",
        abstract: "Lists jobs, oldest first.",
        discussion: "With --json one object: `jobs`, and `next`, the id to give to --after for the next page."
    )

    @OptionGroup var options: DataOptions
    @OptionGroup var page: PageOptions

    @Option(help: "Only jobs in this state: \(JobState.allCases.map(\.name).joined(separator: ", ")).")
    var state: JobState?

    @Option(help: "Only jobs of this queue.")
    var queue: String?

    @Option(help: "Only jobs of this kind.")
    var kind: String?

    struct Report: Encodable {
        let jobs: [JobLine]
        let next: UInt64?
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let models = try await options.fold().models
            let found = await models.jobs.page(
                after: page.cursor,
                limit: page.limit,
                state: state,
                queue: queue,
                kind: kind
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
