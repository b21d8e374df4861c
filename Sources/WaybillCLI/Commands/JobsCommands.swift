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

struct ApproveCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Takes suggestions out of the inbox and makes them jobs, all or none."
    )
    static let done = "approved"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.approve(jobs, by: context)
    }
}

struct RejectCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Takes suggestions out of the inbox for good, all or none."
    )
    static let done = "rejected"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.reject(jobs, by: context)
    }
}

struct HoldCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keeps waiting jobs from being dispatched, all or none."
    )
    static let done = "held"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.hold(jobs, by: context)
    }
}

struct UnholdCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "unhold",
        abstract: "Lets held jobs be dispatched again, all or none."
    )
    static let done = "unheld"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.unhold(jobs, by: context)
    }
}

struct CancelCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: """
            Cancels jobs, all or none: waiting ones at once, running ones when their worker stops or \
            their lease ends, or at once by force. A job's open tasks are cancelled with it.
            """
    )
    static let done = "cancelled or told to stop"

    @OptionGroup var jobs: JobsArgument
    @Flag(help: "Cancel running jobs at once: their leases end, and what their workers say is refused.")
    var force = false
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.cancel(jobs, force: force, by: context)
    }
}

struct DiscardCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Gives up on dead jobs, all or none."
    )
    static let done = "discarded"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.discard(jobs, by: context)
    }
}

struct PruneCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Shows finished jobs no more, all or none; they stay in the log."
    )
    static let done = "pruned"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.prune(jobs, by: context)
    }
}
