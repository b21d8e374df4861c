import ArgumentParser
import Orchestration
import Waybill
import WaybillWorkloads

struct QueueConfigureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Sets all that is configured of a queue; what isn't given has no limit."
    )

    @Argument(help: "The queue.")
    var name: String

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
            try QueueChange(queue: name, outcome: "configured", sequence: committed.sequence)
                .print(json: options.json)
        }
    }
}

/// What was done to a queue.
struct QueueChange: Encodable {
    let queue: String
    let outcome: String
    let sequence: UInt64

    func print(json: Bool) throws {
        if json { try Output.json(self) } else { Output.line("queue \(queue): \(outcome)") }
    }
}
