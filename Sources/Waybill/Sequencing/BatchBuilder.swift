package import EventLog
package import Orchestration

/// The step from commands to bytes: values in, values out, no thread, no clock, no disk.
///
/// It decides, encodes and applies one command after another into the batch under way. The state runs ahead of
/// the log by that batch: after a failed append it must be thrown away.
package struct BatchBuilder: Sendable {
    /// What a caller is told of what was decided; nil: the batch under way has no room for it, so append that, then ask
    /// again.
    package typealias Outcome<Value: Sendable> = Result<Committed<Value>, EngineError>?

    package private(set) var state: State
    /// The batch under way.
    package private(set) var events: [Event] = []
    /// Its encoded payload.
    package private(set) var bytes: [UInt8] = []

    /// A buffer for the batch after it.
    private var spare: [UInt8] = []

    private let limits: LogLimits
    private let dueLimit: Int
    private var random: SplitMix

    /// A timer's events are bounded by a KiB: names are capped at 256 bytes each.
    private static let dueEventBytes = 1024

    package init(state: State, limits: LogLimits, seed: UInt64) {
        self.state = state
        self.limits = limits
        random = SplitMix(seed: seed)
        dueLimit = max(1, min(256, limits.commandBytes / Self.dueEventBytes))
    }

    package mutating func decide(
        _ command: Command,
        _ context: CommandContext,
        at now: Timestamp
    ) throws(EngineError) -> Outcome<CommandResult> {
        let mark = mark
        let result: CommandResult
        do {
            result = try state.decide(command, context, at: now, entropy: random.next(), into: &events)
        } catch { return .failure(.refused(error)) }
        return try admit(result, from: mark) { state in state.extend(by: command, at: now) }
    }

    /// All members of a group, or none.
    package mutating func decide(
        together group: CommandGroup,
        at now: Timestamp
    ) throws(EngineError) -> Outcome<[CommandResult]> {
        let mark = mark
        let results: [CommandResult]
        do {
            results = try state.decide(together: group, at: now, entropy: random.next(), into: &events)
        } catch { return .failure(.refused(error)) }
        return try admit(results, from: mark) { state in
            for member in group.members { state.extend(by: member.command, at: now) }
        }
    }

    /// One member of a group whose members have an outcome each.
    package mutating func decide(
        member: Int,
        of group: CommandGroup,
        at now: Timestamp
    ) throws(EngineError) -> Outcome<CommandResult> {
        let mark = mark
        let result: CommandResult
        do {
            result = try state.decide(
                member: member,
                of: group,
                at: now,
                entropy: random.next(),
                into: &events
            )
        } catch { return .failure(.refused(error)) }
        return try admit(result, from: mark) { state in
            state.extend(by: group.members[member].command, at: now)
        }
    }

    /// For a heartbeat that could not be decided: it needs no space to count.
    mutating func extend(by command: Command, at now: Timestamp) {
        state.extend(by: command, at: now)
    }

    /// Decides timers due at `now`; true when it must be called again after the batch is appended.
    package mutating func decideDue(at now: Timestamp) throws(EngineError) -> Bool {
        while let due = state.nextTimer, due <= now {
            let mark = mark
            state.decideDue(at: now, entropy: random.next(), limit: dueLimit, into: &events)
            let isStuck = events.count == mark.event
            switch try admit(from: mark) {
            case .fits where !isStuck: continue
            case .batchFull: return true
            case .fits, .tooLarge:
                // Named instead of tried for ever.
                throw .inconsistent(
                    .contradiction(
                        sequence: state.lastSequence + 1,
                        problem: "a due timer can't be recorded"
                    )
                )
            }
        }
        return false
    }

    /// Records that an epoch began, as the first events of a batch; then every quarantined tail that has no event
    /// yet and still fits into it.
    ///
    /// What doesn't fit, which takes dozens of torn tails, is recorded by the next opening.
    package mutating func decideOpening(_ opening: EpochOpening, at now: Timestamp) throws(EngineError) {
        let mark = mark
        state.decideOpened(opening.opened, at: now, into: &events)
        guard case .fits = try admit(from: mark) else { return }
        for file in opening.quarantined {
            let mark = self.mark
            state.decideQuarantined([file], at: now, into: &events)
            guard case .fits = try admit(from: mark) else { return }
        }
    }

    /// True when the batch must be appended first.
    package mutating func decideClockJump(_ jump: TimeSpan, at now: Timestamp) throws(EngineError) -> Bool {
        let mark = mark
        state.decideClockJump(jump, at: now, into: &events)
        if case .batchFull = try admit(from: mark) { return true }
        return false
    }

    /// Hands out the batch under way, which is not empty, and begins the next one.
    mutating func seal(_ answers: [Answer]) -> PendingBatch {
        let sealed = PendingBatch(events: events, payload: bytes, time: state.lastTime, answers: answers)
        // The next batch is mostly about as large.
        events = []
        events.reserveCapacity(sealed.count)
        bytes = spare
        spare = []
        return sealed
    }

    /// Takes back the room that a batch took, once it is durable.
    mutating func recycle(_ payload: consuming [UInt8]) {
        payload.removeAll(keepingCapacity: true)
        spare = payload
    }

    // MARK: Admission to the batch

    /// The batch as it was before something was decided.
    private struct Mark {
        let event: Int
        let random: SplitMix
    }

    private var mark: Mark { Mark(event: events.count, random: random) }

    private enum Admission {
        case fits, batchFull, tooLarge(Int)
    }

    /// What the caller is told of what was decided since the mark; `extend` counts the heartbeats among it.
    private mutating func admit<Value: Sendable>(
        _ value: Value,
        from mark: Mark,
        _ extend: (inout State) -> Void
    ) throws(EngineError) -> Outcome<Value> {
        switch try admit(from: mark) {
        case .fits:
            extend(&state)
            return .success(Committed(value, sequence: state.lastSequence))
        case .batchFull: return nil
        case .tooLarge(let size):
            return .failure(.refused(.commandTooLarge(bytes: size, limit: limits.commandBytes)))
        }
    }

    /// Encodes and applies the events since the mark, or takes them back.
    private mutating func admit(from mark: Mark) throws(EngineError) -> Admission {
        let start = bytes.count
        // No further than the limit: events share their context, and together could be far larger than the command.
        for index in mark.event..<events.count where bytes.count - start <= limits.commandBytes {
            EventCodec.encode(events[index], into: &bytes)
        }
        let size = bytes.count - start
        guard size <= limits.commandBytes, bytes.count <= limits.batchBytes else {
            bytes.removeLast(size)
            events.removeLast(events.count - mark.event)
            if size > limits.commandBytes { return .tooLarge(size) }
            random = mark.random
            return .batchFull
        }
        do { for index in mark.event..<events.count { try state.apply(events[index]) } } catch {
            throw .inconsistent(error)
        }
        return .fits
    }
}
