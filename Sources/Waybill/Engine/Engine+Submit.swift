public import Orchestration
import Synchronization

extension Engine {
    /// Submits one command and waits until what it did, or the state that refused it, is durable.
    ///
    /// A dispatch with a `DispatchRequest/wait` waits that long for work. Throws
    /// ``EngineError/refused(_:)`` with the domain's reason; nothing was written then, and nothing for any other error
    /// but ``EngineError/outcomeUnknown(_:)``.
    public func submit(
        _ command: Command,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<CommandResult> {
        let reply: SequencerReply
        do {
            reply = try await ask(
                .command(command, context),
                weight: command.weight + context.weight,
                mayLeave: command.waits
            )
        } catch {
            guard let sequence = try await sequenceBefore(error, command, context) else { throw error }
            return Committed(.done, sequence: sequence)
        }
        guard case .committed(let result) = reply else { preconditionFailure("a command was told \(reply)") }
        return try await unlessGone(result, by: context)
    }

    /// Submits commands that go together, under one context and its idempotency key: decided in order, each on what
    /// those before it leave, all or none, in one batch.
    ///
    /// Nothing in it waits. Throws ``EngineError/refused(_:)`` with `Refusal/member(_:_:)`, which says
    /// which of them was refused, and why; nothing was written then. Submitted again with its key, it is answered with
    /// what was decided.
    @discardableResult
    public func submit(
        together members: [CommandGroup.Member],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[CommandResult]> {
        let group = CommandGroup(.together, of: members, by: context)
        let reply = try await ask(.group(group), weight: group.weight)
        guard case .together(let results) = reply else { preconditionFailure("a group was told \(reply)") }
        return results
    }

    /// Submits commands that have an outcome each, under one context and its idempotency key: decided in order with no
    /// other caller's in between.
    ///
    /// What one of them is refused for doesn't touch the others. Only the last may be a dispatch that waits, and what
    /// comes before it doesn't wait with it: so a worker completes and takes in one call. Throws
    /// ``EngineError/refused(_:)`` when the group as a whole makes no sense. Submitted again with its key, it is answered
    /// with what was decided, does what was not reached, and takes leases only where none were given.
    @discardableResult
    public func submit(
        each members: [CommandGroup.Member],
        by context: CommandContext
    ) async throws(EngineError) -> [Result<Committed<CommandResult>, EngineError>] {
        if members.isEmpty { return [] }
        let group = CommandGroup(.each, of: members, by: context)
        return try await outcomes(of: group, weight: group.weight)
    }

    func outcomes(
        of group: CommandGroup,
        weight: Int
    ) async throws(EngineError) -> [Result<Committed<CommandResult>, EngineError>] {
        let mayLeave = group.members.last?.command.waits ?? false
        let reply = try await ask(.group(group), weight: weight, mayLeave: mayLeave)
        guard case .outcomes(var outcomes) = reply else { preconditionFailure("a group was told \(reply)") }
        if mayLeave, case .success(let last)? = outcomes.last {
            do { _ = try await unlessGone(last, by: group.context) } catch {
                outcomes[outcomes.count - 1] = .failure(error)
            }
        }
        return outcomes
    }

    /// Where the log had come when a command that ended a lease under this key is asked for again; nil for any other
    /// refusal.
    ///
    /// Its key takes no slot: the log says what ended the lease. Throws `keyReused` where that was another command.
    private func sequenceBefore(
        _ error: EngineError,
        _ command: Command,
        _ context: CommandContext
    ) async throws(EngineError) -> UInt64? {
        guard case .refused(.leaseLost(let token)) = error, command.isOnLease,
            let key = context.idempotencyKey
        else { return nil }
        let durable = durableSequence
        guard let end = try await LeaseEndReader(log).end(of: token, through: durable),
            end.context.actor == context.actor, end.context.idempotencyKey == key
        else { return nil }
        guard command.wrote(end) else { throw .refused(.keyReused(key)) }
        return durable
    }

    /// Gives back what was leased to a caller whose task was cancelled.
    private func unlessGone(
        _ result: Committed<CommandResult>,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<CommandResult> {
        guard Task.isCancelled, case .leases(let leases) = result.value, await release(leases, by: context)
        else { return result }
        throw .callerGone
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
    /// It holds up every command while it runs. Once the engine has failed, the state as of what is durable is looked at.
    package func inspect<Value: Sendable>(
        _ look: @escaping @Sendable (borrowing State) -> Value
    ) async throws(EngineError) -> Committed<Value> {
        let seen = Seen<Value>()
        let reply: SequencerReply
        do throws(EngineError) {
            reply = try await ask(.inspect { state in seen.value.withLock { $0 = look(state) } })
        } catch {
            guard error.isOfFailedLog else { throw error }
            return try await lastState.look(look, sequencer)
        }
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
