import Orchestration
import Waybill

/// A command and who asks for it.
struct Submission: Sendable {
    let command: Command
    let context: CommandContext
    /// The line of a script that asks for it.
    let line: Int?
    /// The refusal that the player counts on, by ``Refusal/name``.
    let expectedRefusal: String?

    init(
        _ command: Command,
        by context: CommandContext = Player.context,
        line: Int? = nil,
        expectedRefusal: String? = nil
    ) {
        self.command = command
        self.context = context
        self.line = line
        self.expectedRefusal = expectedRefusal
    }
}

extension [Submission] {
    /// Successive parts that go to the engine in one call each: of one context, and no more than a group takes.
    ///
    /// A key is one command's.
    var runs: [ArraySlice<Submission>] {
        var runs: [ArraySlice<Submission>] = []
        var start = startIndex
        for index in indices.dropFirst() {
            let context = self[start].context
            if self[index].context == context, context.idempotencyKey == nil, index - start < 1000 {
                continue
            }
            runs.append(self[start..<index])
            start = index
        }
        return isEmpty ? [] : runs + [self[start...]]
    }
}

/// One workload's part in a play: what it asks of the engine and when, and what it makes of the answers.
///
/// Times are spans since the zero of the common clock. Parts act in the order in which their files were given, so
/// the same files give the same log.
protocol WorkloadPlayer: Sendable {
    /// When it next wants to act; nil when everything that remains depends on leases.
    var next: TimeSpan? { get }
    /// Ended jobs of which its next act has to know what they were.
    func recalls(at now: TimeSpan) -> [JobID]
    mutating func recall(_ revivals: [JobID: FinishedJobSnapshot])
    /// Takes everything that is due at `now` off its agenda and says what to ask, in order.
    mutating func act(at now: TimeSpan) -> [Submission]
    /// The answers to the last act, in order.
    mutating func apply(_ outcomes: [Result<Committed<CommandResult>, EngineError>], at now: TimeSpan)
    /// What its workers ask for when there may be work for them; nil when they want none.
    var request: DispatchRequest? { get }
    /// Whether its workers may ask in the same group as its last act: nothing that the act's answers lead to at the
    /// same moment has to come before.
    var mayAskAtOnce: Bool { get }
    /// Jobs that the last act has failed and the engine tries again, at a time of its own choice.
    var retrying: [JobID] { get }
    /// A job is ready again at `moment`, by itself.
    mutating func awaitRetry(of job: JobID, at moment: TimeSpan)
    /// Whether something became ready at the last act's time that needed no command.
    var hasRetry: Bool { get }
    /// A lease that its workers asked for begins.
    mutating func begin(_ lease: Lease, at now: TimeSpan)
    /// Steps played and steps known, for the progress bar.
    var progress: (played: Int, known: Int) { get }
    /// Leases that its workers hold.
    var running: Int { get }
    /// Lines of a script that it could not ask for, because the job that they name was never created.
    var unresolved: [CommandScript.Step] { get }
}

extension WorkloadPlayer {
    var unresolved: [CommandScript.Step] { [] }
    func recalls(at now: TimeSpan) -> [JobID] { [] }
    mutating func recall(_ revivals: [JobID: FinishedJobSnapshot]) {}
    var retrying: [JobID] { [] }
    mutating func awaitRetry(of job: JobID, at moment: TimeSpan) {}
    var hasRetry: Bool { false }
}
