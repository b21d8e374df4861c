import DequeModule
package import EventLog
package import Orchestration

/// The single writer as a pure machine: entries and the moment go in, actions come out.
///
/// Whoever drives it asks for the ``next(at:)`` action, performs it, tells what came of it, and asks again. It owns the
/// state, the batch under way, those who wait for work, the timers, the pacing of group commit, and what happens after
/// a failure; it has no thread, no clock and no disk. In an engine ``SequencerThread`` drives it, in the simulator a
/// loop with crashes between any two actions.
///
/// A cycle: entries are taken, room is made, entries and due timers are decided into one batch, the callers of the last
/// batch get a moment to join it, what the batch unblocked is decided too, and it is appended, published and answered.
package struct Sequencer: ~Copyable {
    /// Batches that the log is given before the oldest of them is durable.
    private static let depth = 1

    package internal(set) var builder: BatchBuilder
    var clock: SequencerClock
    var waiting = WaitingDispatches()
    /// Requests for work that may wait at once.
    let longestLine: Int
    /// Whether the disk has room for the largest batch: asked once a batch, before anything is decided, so that no
    /// decided event meets a full disk.
    private(set) var space = Space.unknown
    /// What begins the epoch; nil once that is decided.
    private var unrecorded: EpochTerms?
    private var phase = Phase.deciding

    /// Entries that were taken, and the next of them.
    private var entries: [IntakeEntry] = []
    private var position = 0
    /// What was decided of the entry at `position` by earlier batches.
    var unfinished: Unfinished?
    /// They wait for the batch under way.
    var answers: [Answer] = []
    /// Given to the log, and not durable yet; oldest first.
    private var inFlight: Deque<PendingBatch> = []
    private var committed: (batch: CommittedBatch?, answers: [Answer])?

    private var monotonic: Int64 = 0
    private var pacer = GroupCommitPacer()
    /// Batches appended in this cycle, and the nanoseconds that it took.
    private var appends = (count: 0, nanoseconds: Int64(0))
    private var appendedAt: Int64 = 0

    enum Space {
        case unknown, there, lacking
        /// Lacking when it was last asked for. It is asked for again though nobody needs it, or a server that says that
        /// it is not ready, and so is sent nothing, would never be ready again.
        case missed
    }

    private enum Phase {
        /// Everything is decided and answered.
        case idle
        case deciding
        /// All entries are decided; what follows from them is left.
        case completing
        case answering
        case closing
        case failed(EngineError)
        /// Nothing more is let in.
        case failing(EngineError)
        case ended(Result<Void, EngineError>)
    }

    enum Unfinished {
        /// Outcomes of a group's first members.
        case each([Result<Committed<CommandResult>, EngineError>])
        case advance(to: Timestamp)
    }

    package init(
        recording terms: EpochTerms,
        builder: BatchBuilder,
        clock: SequencerClock,
        longestLine: Int
    ) {
        unrecorded = terms
        self.builder = builder
        self.clock = clock
        self.longestLine = longestLine
    }

    package var now: Timestamp { clock.now }
    /// How far ahead the wall clock is that isn't believed.
    package var clockDoubt: TimeSpan? { clock.doubt }
    var rememberedKeys: (count: Int, limit: Int, oldest: Timestamp?) { builder.state.rememberedKeys }
    package var lacksSpace: Bool { space == .lacking }
    /// Requests that wait for work.
    package var waitingCount: Int { waiting.count }

    // MARK: What comes next

    package mutating func next(at reading: ClockReading) -> SequencerAction {
        clock.follow(reading)
        monotonic = reading.monotonic
        if let action = failureAction() { return action }
        do throws(EngineError) { return try nextOfCycle() } catch {
            phase = .failing(error)
            return .refuse(error.forTheUnheard)
        }
    }

    /// After a failure: nobody else is let in, everybody is told, and that is the end.
    private mutating func failureAction() -> SequencerAction? {
        switch phase {
        case .failed(let error):
            phase = .failing(error)
            return .refuse(error.forTheUnheard)
        case .failing(let error):
            phase = .ended(.failure(error))
            return .publish(nil, abandon(error))
        case .ended(let result): return .end(result)
        default: return nil
        }
    }

    private mutating func nextOfCycle() throws(EngineError) -> SequencerAction {
        if let committed {
            self.committed = nil
            return .publish(committed.batch, committed.answers)
        }
        if inFlight.count == Self.depth { return .awaitOldest }
        while true {
            switch phase {
            case .idle: return .take(IntakeWait(spinNanoseconds: momentLeft, sleep: sleep))
            case .deciding:
                if let action = try decideEntries() { return action }
                phase = .completing
                if pacer.isAwaited(at: monotonic) {
                    return .take(IntakeWait(spinNanoseconds: momentLeft, sleep: .none))
                }
            case .completing:
                // What the batch unblocked, and who waited for it, goes with it.
                guard try fireTimers(upTo: clock.now), try serveWaiting() else { return seal() }
                phase = .answering
                if !builder.events.isEmpty { return seal() }
                if !answers.isEmpty {
                    defer { answers = [] }
                    return .publish(nil, answers)
                }
            case .answering:
                // After several appends the batch was full: there is nothing to wait for.
                pacer.finish(append: appends.count == 1 ? appends.nanoseconds : 0, at: monotonic)
                appends = (0, 0)
                phase = .idle
            case .closing:
                phase = .ended(.success(()))
                return .publish(nil, leaveTheLine(.closed))
            case .failed(let error), .failing(let error): throw error
            case .ended(let result): return .end(result)
            }
        }
    }

    /// Decides what was taken, in order, after the timers that are due; nil when all of it is decided.
    private mutating func decideEntries() throws(EngineError) -> SequencerAction? {
        if space == .missed || space == .unknown && needsSpace {
            return unrecorded.map { .open($0) } ?? .reserve
        }
        guard try fireTimers(upTo: clock.now) else { return seal() }
        while position < entries.count {
            guard try fireTimersOfMoment() else { return seal() }
            let caller = entries[position].caller
            switch try decide(entries[position]) {
            case .batchFull: return seal()
            case .reply(let reply): answers.append(Answer(caller: caller, reply: reply))
            case .replyAtOnce(let reply):
                position += 1
                return .publish(nil, [Answer(caller: caller, reply: reply)])
            case .none: break
            }
            position += 1
            unfinished = nil
        }
        entries.removeAll(keepingCapacity: true)
        position = 0
        return nil
    }

    private mutating func seal() -> SequencerAction {
        let batch = builder.seal(answers)
        answers = []
        inFlight.append(batch)
        space = .unknown
        appendedAt = monotonic
        return .append(batch)
    }

    /// When something happens by itself: a timer is due, a wait is over, a queue gets a token.
    package var nextMoment: Timestamp? {
        let timer = builder.state.nextTimer
        guard waiting.count > 0, let end = waiting.nextMoment(builder.state) else { return timer }
        return min(timer ?? end, end)
    }

    private var needsSpace: Bool { position < entries.count || isSomethingDue || unrecorded != nil }

    private var isSomethingDue: Bool { nextMoment.map { $0 <= clock.now } ?? false }

    /// Until the next thing that nobody will wake it for, or another look at what is wrong; a virtual clock waits for
    /// nobody.
    private var sleep: IntakeWait.Sleep {
        // A machine that slept, or whose clock was set, is asked again soon: the monotonic clock doesn't tell.
        let soon: Int64 = 1_000_000_000
        if space == .lacking || clock.doubt != nil { return .atMost(soon) }
        guard !clock.isVirtual, let due = nextMoment else { return .untilEntry }
        return .atMost(min(max(0, (due - clock.now).nanoseconds), soon))
    }

    /// Nanoseconds that the callers of the last batch still have to come back in.
    private var momentLeft: Int64 { max(0, pacer.deadline - monotonic) }

    // MARK: What came of it

    /// Entries were taken, perhaps none.
    package mutating func accept(_ taken: inout [IntakeEntry]) {
        pacer.arrive(taken.count, at: monotonic)
        if entries.isEmpty { swap(&entries, &taken) } else { entries += taken }
        taken.removeAll(keepingCapacity: true)
        switch phase {
        case .idle:
            if space == .lacking { space = .missed }
            phase = .deciding
        case .completing: phase = .deciding
        case .deciding, .answering, .closing, .failed, .failing, .ended: break
        }
    }

    /// The intake is closed and empty: what is under way is finished first.
    package mutating func close() {
        if case .idle = phase { phase = .closing } else { pacer.stop() }
    }

    /// The log has made room for the epoch's first batch, or could not.
    package mutating func opened(_ result: Result<EpochOpening, LogError>) {
        reserved(result.map { _ in })
        guard case .success(let opening) = result else { return }
        unrecorded = nil
        do throws(EngineError) { try builder.decideOpening(opening, at: clock.now) } catch {
            phase = .failed(error)
        }
    }

    /// The log has made room for the largest batch, or could not.
    package mutating func reserved(_ result: Result<Void, LogError>) {
        switch result {
        case .success: space = .there
        case .failure(.noSpace): space = .lacking
        case .failure(let error): phase = .failed(.failedBefore(error))
        }
    }

    /// The oldest batch that the log was given is in it, for good.
    package mutating func oldestIsDurable(at reading: ClockReading) {
        let batch = inFlight.removeFirst()
        appends.count += 1
        appends.nanoseconds += reading.monotonic - appendedAt
        committed = (CommittedBatch(batch.events), batch.answers)
        builder.recycle(batch.payload)
    }

    /// Everyone has the answer who was to get one; so many entries waited just before.
    package mutating func answered(waiting callers: Int) {
        pacer.count(waiting: callers)
    }

    /// The log failed under a batch: nothing more is decided.
    package mutating func appendFailed(_ error: LogError) {
        phase = .failed(.outcomeUnknown(error))
    }

    /// Hands out the state once it has ended; what was decided last is perhaps not durable.
    mutating func surrender() -> State {
        defer { builder = BatchBuilder(state: State(), limits: LogLimits(), seed: 0) }
        return builder.state
    }

    /// Whoever waits for a batch that was decided can't know; whoever was not heard yet was not written.
    private mutating func abandon(_ error: EngineError) -> [Answer] {
        var told: [Answer] = []
        let undecided = inFlight.first?.firstSequence ?? builder.events.first?.sequence
        for batch in inFlight {
            told += batch.answers.map { Answer(caller: $0.caller, reply: .failure(error.forTheDecided)) }
        }
        told += answers.map { Answer(caller: $0.caller, reply: .failure(error.forTheDecided)) }
        told += leaveTheLine(error.forTheUnheard, durable: undecided.map { $0 - 1 } ?? .max)
        for (index, entry) in entries[position...].enumerated() {
            let isBegun = index == 0 && unfinished != nil
            let reason = isBegun ? error.forTheDecided : error.forTheUnheard
            told.append(Answer(caller: entry.caller, reply: .failure(reason)))
        }
        (inFlight, answers, entries, position) = ([], [], [], 0)
        return told
    }

    /// Of a group's last command this is the outcome; what came before it stays told, unless it isn't durable yet.
    private mutating func leaveTheLine(_ error: EngineError, durable: UInt64 = .max) -> [Answer] {
        waiting.takeAll(builder.state, at: clock.now).map { waiter in
            let isKnown = waiter.work.sequence <= durable
            let reply = isKnown ? waiter.work.reply(.failure(error)) : .failure(error.forTheDecided)
            return Answer(caller: waiter.caller, reply: reply)
        }
    }
}
