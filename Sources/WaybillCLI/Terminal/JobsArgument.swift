import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON

/// The jobs that a command is about, and the version of one.
struct JobsArgument: ParsableArguments {
    @Argument(help: "The jobs' numbers.")
    var ids: [UInt64]

    @Option(help: "Refuse unless the one job's version is this, as `waybill job` prints it.")
    var expectedVersion: UInt64?

    func validate() throws {
        if expectedVersion != nil, ids.count != 1 {
            throw ValidationError("--expected-version belongs to one job.")
        }
    }

    var jobs: [JobID] { ids.map { JobID($0) } }
}

/// A command that does one thing to the jobs that it names, all or none.
protocol JobsCommandBody: AsyncParsableCommand {
    var jobs: JobsArgument { get }
    var options: WritingOptions { get }
    /// What has been done, as a participle.
    static var done: String { get }

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void>
}

extension JobsCommandBody {
    @concurrent
    func run() async throws {
        try await reporting {
            let context = options.context(expecting: jobs.expectedVersion)
            let committed = try await options.withEngine { try await act($0, jobs.jobs, context) }
            options.show(jobs.ids, Self.done, committed.sequence)
        }
    }
}

extension WritingOptions {
    /// Says that something was done to all of these jobs.
    func show(_ jobs: [UInt64], _ done: String, _ sequence: UInt64) {
        if json { return Output.json(BulkOutcome(total: jobs.count, done: jobs.count, sequence: sequence)) }
        let numbers = jobs.map(String.init).joined(separator: ", ")
        Output.line("\(jobs.count == 1 ? "job" : "jobs") \(numbers): \(done)")
    }
}
