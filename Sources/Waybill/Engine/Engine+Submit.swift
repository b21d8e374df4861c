public import Orchestration
import Synchronization

extension Engine {
    /// Submits one command and waits until what it did, or the state that refused it, is durable.
    ///
    /// A dispatch with a ``Orchestration/DispatchRequest/wait`` waits that long for work. Throws
    /// ``EngineError/refused(_:)`` with the domain's reason; nothing was written then, and nothing for any other error
    /// but ``EngineError/outcomeUnknown(_:)``.
    public func submit(
        _ command: Command,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<CommandResult> {
        let reply = try await ask(
            .command(command, context),
            weight: command.weight + context.weight,
            mayLeave: command.waits
        )
        guard case .committed(let result) = reply else { preconditionFailure("a command was told \(reply)") }
        return result
    }

    /// Submits independent commands, decided in this order with no other caller's in between; an outcome each.
    ///
    /// One call costs one wake-up, however many commands it carries. They need not share a batch: each is all or
    /// nothing, the group is not.
    public func submit(_ requests: [Request]) async throws(EngineError) -> [Result<
        Committed<CommandResult>, EngineError
    >] {
        let weight = max(1, requests.reduce(0) { $0 + $1.command.weight + $1.context.weight })
        return try await outcomes(of: requests, weight: weight)
    }

    func outcomes(of requests: [Request], weight: Int) async throws(EngineError) -> [Result<
        Committed<CommandResult>, EngineError
    >] {
        let reply = try await ask(.requests(requests), weight: weight)
        guard case .outcomes(let outcomes) = reply else { preconditionFailure("requests were told \(reply)") }
        return outcomes
    }

    /// Moves a virtual clock to `target`, firing every timer on the way at its own time; returns the time reached.
    ///
    /// Throws ``EngineError/clockIsNotVirtual`` on the wall clock, and ``EngineError/noSpace`` when a timer on the way
    /// finds no room: the clock stands there then.
    @discardableResult
    public func advance(to target: Timestamp) async throws(EngineError) -> Timestamp {
        try await askTime(.advance(to: target))
    }

    /// Moves a virtual clock on by `span`, firing every timer on the way at its own time; returns the time reached.
    @discardableResult
    public func advance(by span: TimeSpan) async throws(EngineError) -> Timestamp {
        try await askTime(.advanceBy(span))
    }

    /// The time by the engine's clock.
    public func now() async throws(EngineError) -> Timestamp {
        try await askTime(.readClock)
    }

    /// Looks at the state that decides, at a moment between two batches.
    ///
    /// It holds up every command while it runs.
    public func inspect<Value: Sendable>(
        _ look: @escaping @Sendable (borrowing State) -> Value
    ) async throws(EngineError) -> Committed<Value> {
        let seen = Seen<Value>()
        let reply = try await ask(.inspect { state in seen.value.withLock { $0 = look(state) } })
        guard case .sequence(let sequence) = reply, let value = seen.value.withLock({ $0 }) else {
            preconditionFailure("a look was told \(reply)")
        }
        return Committed(value, sequence: sequence)
    }

    /// How many requests for work wait for some.
    package func waitingDispatches() async throws(EngineError) -> Int {
        let reply = try await ask(.countWaiting)
        guard case .count(let count) = reply else { preconditionFailure("a count was told \(reply)") }
        return count
    }

    /// Believes a wall clock that has jumped ahead, and records that; returns by how much, nil when it was believed.
    ///
    /// Timers that are due by it fire then.
    @discardableResult
    public func acceptClock() async throws(EngineError) -> TimeSpan? {
        let reply = try await ask(.acceptClock)
        guard case .clockJump(let jump) = reply else { preconditionFailure("a clock was told \(reply)") }
        return jump
    }

    private func askTime(_ request: IntakeEntry.Request) async throws(EngineError) -> Timestamp {
        let reply = try await ask(request)
        guard case .time(let time) = reply else { preconditionFailure("a clock was told \(reply)") }
        return time
    }

    /// Leaves an entry at the intake and waits for its reply; one that may wait for work is told when its caller's
    /// task is cancelled.
    func ask(
        _ request: IntakeEntry.Request,
        weight: Int = 1,
        mayLeave: Bool = false
    ) async throws(EngineError) -> SequencerReply {
        guard mayLeave else { return try await offer(request, number: 0, weight: weight).get() }
        let number = sequencer.intake.nextCaller()
        return try await withTaskCancellationHandler {
            await offer(request, number: number, weight: weight)
        } onCancel: {
            leave(number)
        }.get()
    }

    private func offer(
        _ request: IntakeEntry.Request,
        number: UInt64,
        weight: Int
    ) async -> Result<SequencerReply, EngineError> {
        await withUnsafeContinuation { continuation in
            let entry = IntakeEntry(request, from: Caller(number: number, continuation))
            switch sequencer.intake.offer(entry, weight: weight) {
            case .accepted: break
            case .full:
                return continuation.resume(
                    returning: .failure(.intakeFull(capacity: sequencer.intake.capacity))
                )
            case .closed(let reason): return continuation.resume(returning: .failure(reason))
            }
            // Cancelled before its entry was there: nobody was found to leave.
            if number != 0, Task.isCancelled { leave(number) }
        }
    }

    private func leave(_ number: UInt64) {
        _ = sequencer.intake.offer(IntakeEntry(.leave(number), from: Caller(number: 0)), weight: 0)
    }
}

extension Command {
    /// Whether it may be answered much later.
    fileprivate var waits: Bool {
        if case .dispatch(let request) = self { request.wait > .zero } else { false }
    }
}

/// Carries what was seen from the sequencer's thread to the caller.
private final class Seen<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
