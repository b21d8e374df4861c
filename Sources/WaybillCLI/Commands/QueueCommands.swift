import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct QueueConfigureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Sets all that is configured of a queue; what isn't given has no limit."
    )

    @Argument(help: "The queue.")
    var name: Name

    @Option(help: "Jobs that may run at once.")
    var concurrency: UInt32?

    @Option(help: "Jobs with one concurrency key that may run at once.")
    var keyConcurrency: UInt32?

    @Option(help: "Jobs that may start in --per.")
    var rate: UInt32?

    @Option(help: "The time that --rate counts in.")
    var per = DurationArgument.seconds(1)

    @Option(help: "Starts that an idle queue saves up.")
    var burst: UInt32 = 1

    @Option(help: "fifo: oldest first; priority: highest first, where waiting counts. Default: priority.")
    var policy: DispatchPolicy?

    @Option(help: "How long a job waits to be worth one step of priority more.")
    var aging = DurationArgument.seconds(600)

    @Option(help: "How long jobs are shown that succeed from now on. Default: for good.")
    var keepSucceeded: DurationArgument?

    @Option(help: "How long jobs are shown that die from now on. Default: for good.")
    var keepDead: DurationArgument?

    @Option(help: "How long jobs are shown that are cancelled from now on. Default: for good.")
    var keepCancelled: DurationArgument?

    @OptionGroup var options: WritingOptions

    func validate() throws {
        if rate == nil, burst != 1 { throw ValidationError("--burst belongs to --rate.") }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let queue = QueueSpecification(
                name: name,
                concurrency: concurrency,
                keyConcurrency: keyConcurrency,
                rate: rate.map { Rate($0, per: per.span, burst: burst) },
                policy: policy ?? .priority,
                aging: aging.span,
                retention: Retention(
                    succeeded: keepSucceeded?.span,
                    dead: keepDead?.span,
                    cancelled: keepCancelled?.span
                )
            )
            let committed = try await options.withEngine(creating: true) { engine in
                try await engine.configure(queue, by: options.context())
            }
            QueueOutcome(queue: name, outcome: "configured", sequence: committed.sequence)
                .print(json: options.json)
        }
    }
}

extension QueueOutcome {
    func print(json: Bool) {
        if json { Output.json(self) } else { Output.line("queue \(queue): \(outcome)") }
    }
}

/// A command that gives a queue another status.
protocol QueueStatusCommand: AsyncParsableCommand {
    var name: Name { get }
    var options: WritingOptions { get }
    static var status: QueueStatus { get }
}

extension QueueStatusCommand {
    @concurrent
    func run() async throws {
        try await reporting {
            let committed = try await options.withEngine { engine in
                try await engine.setStatus(Self.status, ofQueue: name, by: options.context())
            }
            QueueOutcome(queue: name, outcome: Self.status.name, sequence: committed.sequence)
                .print(json: options.json)
        }
    }
}

struct QueuePauseCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "A queue takes jobs and gives none; what runs goes on."
    )
    static let status = QueueStatus.paused

    @Argument(help: "The queue.")
    var name: Name
    @OptionGroup var options: WritingOptions
}

struct QueueResumeCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "A queue takes and gives jobs again."
    )
    static let status = QueueStatus.open

    @Argument(help: "The queue.")
    var name: Name
    @OptionGroup var options: WritingOptions
}

struct QueueDrainCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "A queue takes no new jobs and gives what it holds."
    )
    static let status = QueueStatus.draining

    @Argument(help: "The queue.")
    var name: Name
    @OptionGroup var options: WritingOptions
}
