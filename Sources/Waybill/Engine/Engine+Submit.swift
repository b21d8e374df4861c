public import Orchestration
import Synchronization

extension Engine {
    /// Submits one command and waits until what it did, or the state that refused it, is durable.
    ///
    /// Throws ``EngineError/refused(_:)`` with the domain's reason; nothing was written then, and nothing for any other
    /// error but ``EngineError/outcomeUnknown(_:)``.
    public func submit(
        _ command: Command,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<CommandResult> {
        try await ask(weight: command.weight + context.weight) { .command(command, context, $0) }.get()
    }

    /// Submits independent commands, decided in this order with no other caller's in between; an outcome each.
    ///
    /// One call costs one wake-up, however many commands it carries. They need not share a batch: each is all or
    /// nothing, the group is not.
    package func submit(_ requests: [Request]) async throws(EngineError) -> [Result<
        Committed<CommandResult>, EngineError
    >] {
        try await ask(weight: max(1, requests.reduce(0) { $0 + $1.command.weight + $1.context.weight })) {
            .requests(requests, $0)
        }.get()
    }

    /// Moves a virtual clock to `target`, firing every timer on the way at its own time; returns the time reached.
    ///
    /// Throws ``EngineError/clockIsNotVirtual`` on the wall clock, and ``EngineError/noSpace`` when a timer on the way
    /// finds no room: the clock stands there then.
    @discardableResult
    public func advance(to target: Timestamp) async throws(EngineError) -> Timestamp {
        try await ask(weight: 1) { .advance(to: target, $0) }.get()
    }

    /// Moves a virtual clock on by `span`, firing every timer on the way at its own time; returns the time reached.
    @discardableResult
    public func advance(by span: TimeSpan) async throws(EngineError) -> Timestamp {
        try await ask(weight: 1) { .advanceBy(span, $0) }.get()
    }

    /// Looks at the state that decides, at a moment between two batches.
    ///
    /// It holds up every command while it runs.
    package func inspect<Value: Sendable>(
        _ look: @escaping @Sendable (borrowing State) -> Value
    ) async throws(EngineError) -> Committed<Value> {
        let seen = Seen<Value>()
        let sequence = try await ask(weight: 1) { reply in
            .inspect({ state in seen.value.withLock { $0 = look(state) } }, reply)
        }.get()
        guard let value = seen.value.withLock({ $0 }) else { throw .closed }
        return Committed(value, sequence: sequence)
    }

    /// The time by the engine's clock.
    public func now() async throws(EngineError) -> Timestamp {
        try await ask(weight: 1) { .readClock($0) }.get()
    }

    /// How many requests for work wait for some.
    package func waitingDispatches() async throws(EngineError) -> Int {
        try await ask(weight: 1) { .countWaiting($0) }.get()
    }

    /// Believes a wall clock that has jumped ahead, and records that; returns by how much, nil when it was believed.
    ///
    /// Timers that are due by it fire then.
    @discardableResult
    public func acceptClock() async throws(EngineError) -> TimeSpan? {
        try await ask(weight: 1) { .acceptClock($0) }.get()
    }

    func ask<Value: Sendable>(
        weight: Int,
        _ entry: (IntakeEntry.Reply<Value>) -> IntakeEntry
    ) async -> Result<Value, EngineError> {
        await withUnsafeContinuation { reply in
            switch sequencer.intake.offer(entry(reply), weight: weight) {
            case .accepted: break
            case .full: reply.resume(returning: .failure(.intakeFull(capacity: sequencer.intake.capacity)))
            case .closed(let reason): reply.resume(returning: .failure(reason))
            }
        }
    }
}

/// Carries what was seen from the sequencer's thread to the caller.
private final class Seen<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
