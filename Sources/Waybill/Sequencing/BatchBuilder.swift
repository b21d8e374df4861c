package import EventLog
package import Orchestration

/// The step from commands to bytes: values in, values out, no thread, no clock, no disk.
///
/// It decides, encodes and applies one command after another into the batch under way. The state runs ahead of
/// the log by that batch: after a failed append it must be thrown away.
package struct BatchBuilder: Sendable {
    /// What became of a command.
    package enum Outcome<Result: Sendable>: Sendable {
        case answered(Result)
        case refused(Refusal)
        /// The batch under way has no room for it: append the batch, then decide it again.
        case batchFull
    }

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
    ) throws(ApplyError) -> Outcome<CommandResult> {
        try admit(extending: CollectionOfOne(command), at: now) { state, entropy, events throws(Refusal) in
            try state.decide(command, context, at: now, entropy: entropy, into: &events)
        }
    }

    /// All members of a group, or none.
    package mutating func decide(
        together group: CommandGroup,
        at now: Timestamp
    ) throws(ApplyError) -> Outcome<[CommandResult]> {
        try admit(extending: group.members.lazy.map(\.command), at: now) {
            state,
            entropy,
            events throws(Refusal) in
            try state.decide(together: group, at: now, entropy: entropy, into: &events)
        }
    }

    /// One member of a group whose members have an outcome each.
    package mutating func decide(
        member: Int,
        of group: CommandGroup,
        at now: Timestamp
    ) throws(ApplyError) -> Outcome<CommandResult> {
        let command = CollectionOfOne(group.members[member].command)
        return try admit(extending: command, at: now) { state, entropy, events throws(Refusal) in
            try state.decide(member: member, of: group, at: now, entropy: entropy, into: &events)
        }
    }

    /// Takes what is decided into the batch, if there is room for it, and notes the heartbeats among the commands.
    private mutating func admit<Result: Sendable>(
        extending commands: some Sequence<Command>,
        at now: Timestamp,
        _ decide: (borrowing State, UInt64, inout [Event]) throws(Refusal) -> Result
    ) throws(ApplyError) -> Outcome<Result> {
        let before = random
        let firstEvent = events.count
        let result: Result
        do { result = try decide(state, random.next(), &events) } catch { return .refused(error) }
        switch try admit(from: firstEvent) {
        case .fits:
            for case .heartbeat(let token, _) in commands { state.extend(token, at: now) }
            return .answered(result)
        case .batchFull:
            random = before
            return .batchFull
        case .tooLarge(let size):
            return .refused(.commandTooLarge(bytes: size, limit: limits.commandBytes))
        }
    }

    /// Notes a heartbeat that could not be decided: it writes nothing, so it counts without room.
    package mutating func extend(_ token: LeaseToken, at now: Timestamp) {
        state.extend(token, at: now)
    }

    /// Decides timers due at `now`; true when it must be called again after the batch is appended.
    package mutating func decideDue(at now: Timestamp) throws(ApplyError) -> Bool {
        while let due = state.nextTimer, due <= now {
            let before = random
            let firstEvent = events.count
            state.decideDue(at: now, entropy: random.next(), limit: dueLimit, into: &events)
            let isStuck = events.count == firstEvent
            switch try admit(from: firstEvent) {
            case .fits where !isStuck: continue
            case .batchFull:
                random = before
                return true
            case .fits, .tooLarge:
                // Named instead of tried for ever.
                throw .contradiction(
                    sequence: state.lastSequence + 1,
                    problem: "a due timer can't be recorded"
                )
            }
        }
        return false
    }

    /// Records that an epoch began, as the first events of a batch; then every quarantined tail that has no event
    /// yet and still fits into it.
    ///
    /// What doesn't fit, which takes dozens of torn tails, is recorded by the next opening.
    package mutating func decideOpening(_ opening: EpochOpening, at now: Timestamp) throws(ApplyError) {
        state.decideOpened(opening.opened, at: now, into: &events)
        guard case .fits = try admit(from: 0) else { return }
        for file in opening.quarantined {
            let firstEvent = events.count
            state.decideQuarantined([file], at: now, into: &events)
            guard case .fits = try admit(from: firstEvent) else { return }
        }
    }

    /// True when the batch must be appended first.
    package mutating func decideClockJump(_ jump: TimeSpan, at now: Timestamp) throws(ApplyError) -> Bool {
        let firstEvent = events.count
        state.decideClockJump(jump, at: now, into: &events)
        if case .batchFull = try admit(from: firstEvent) { return true }
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

    private enum Admission {
        case fits, batchFull, tooLarge(Int)
    }

    /// Encodes and applies the events from `first` on, or takes them back.
    private mutating func admit(from first: Int) throws(ApplyError) -> Admission {
        let start = bytes.count
        // No further than the limit: events share their context, and together could be far larger than the command.
        for index in first..<events.count where bytes.count - start <= limits.commandBytes {
            EventCodec.encode(events[index], into: &bytes)
        }
        let size = bytes.count - start
        guard size <= limits.commandBytes, bytes.count <= limits.batchBytes else {
            bytes.removeLast(size)
            events.removeLast(events.count - first)
            return size > limits.commandBytes ? .tooLarge(size) : .batchFull
        }
        for index in first..<events.count { try state.apply(events[index]) }
        return .fits
    }
}
