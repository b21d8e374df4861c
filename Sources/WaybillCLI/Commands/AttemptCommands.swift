import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

/// Who speaks for a running job: the bearer of a lease's token, or whoever holds the job.
struct HolderOptions: ParsableArguments {
    @Argument(help: "The lease's token, as `dispatch` printed it: EPOCH.COUNTER.")
    var token: Token?

    @Option(help: "… or the job, whoever holds it.")
    var job: UInt64?

    func validate() throws {
        if (token == nil) == (job == nil) { throw ValidationError("Give a token or --job, one of them.") }
    }

    var holder: Holder {
        if let token { .lease(token.token) } else { .job(JobID(job ?? 0)) }
    }
}

struct Token: ExpressibleByArgument {
    let token: LeaseToken

    init?(argument: String) {
        guard let token = LeaseToken(argument) else { return nil }
        self.token = token
    }
}

struct CompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Ends a running job as succeeded, with what it made."
    )

    @OptionGroup var holder: HolderOptions
    @OptionGroup var result: PayloadOptions
    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let result = try result.payload()
            let outcome = try await options.withEngine { engine in
                try await engine.outcome(of: holder.holder, "succeeded") {
                    try await engine.complete(holder.holder, result: result, by: options.context())
                }
            }
            outcome.print(json: options.json)
        }
    }
}

struct FailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail",
        abstract: "Ends an attempt as failed: the job is tried again after its backoff, or is dead."
    )

    @OptionGroup var holder: HolderOptions
    @Option(name: .customLong("type"), help: "A short class of error.")
    var failureType: Name = "error"

    @Option(help: "What went wrong.")
    var message = ""

    @Flag(help: "The job is dead, whatever its retry policy says.")
    var final = false

    @Option(help: "Try again after so long, instead of after the policy's backoff.")
    var retryAfter: DurationArgument?

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let failure = Failure(
                type: failureType,
                message: message,
                isRetryable: !final,
                retryAfter: retryAfter?.span
            )
            let outcome = try await options.withEngine { engine in
                try await engine.outcome(of: holder.holder, "failed") {
                    try await engine.fail(holder.holder, failure, by: options.context())
                }
            }
            outcome.print(json: options.json)
        }
    }
}

struct SnoozeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Gives a running job back for some time; the attempt isn't counted."
    )

    @OptionGroup var holder: HolderOptions
    @Option(name: .customLong("for"), help: "How long, such as 90s, 5m, 2h.")
    var length: DurationArgument

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let outcome = try await options.withEngine { engine in
                try await engine.outcome(of: holder.holder, "snoozed") {
                    try await engine.snooze(holder.holder, for: length.span, by: options.context())
                }
            }
            outcome.print(json: options.json)
        }
    }
}

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Gives a running job back at once; the attempt isn't counted."
    )

    @OptionGroup var holder: HolderOptions
    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let outcome = try await options.withEngine { engine in
                try await engine.outcome(of: holder.holder, "released") {
                    try await engine.release(holder.holder, by: options.context())
                }
            }
            outcome.print(json: options.json)
        }
    }
}

extension LeaseOutcome {
    func print(json: Bool) {
        if json { return Output.json(self) }
        let number = job?.description ?? "0"
        let name = token.map { "lease \($0)" } ?? "job \(number)"
        let rest = state.map { token == nil ? "; it is \($0.name)" : "; job \(number) is \($0.name)" } ?? ""
        Output.line("\(name): \(outcome)\(rest)")
    }
}

extension Engine {
    /// Does something to a running job, and looks what has become of it.
    func outcome(
        of holder: Holder,
        _ outcome: String,
        _ act: () async throws -> Committed<Void>
    ) async throws -> LeaseOutcome {
        let job = try await inspect { state in
            switch holder {
            case .job(let job): job
            case .lease(let token): state.holder(of: token)?.id
            }
        }.value
        let committed = try await act()
        let state = try await inspect { state in
            job.flatMap { state[$0]?.state ?? state.outcome(of: $0)?.state }
        }.value
        var token: LeaseToken?
        if case .lease(let lease) = holder { token = lease }
        return LeaseOutcome(
            token: token,
            job: job,
            outcome: outcome,
            state: state,
            sequence: committed.sequence
        )
    }
}
