import EventLog
import Orchestration

/// From an entry to the core, and what is decided because time passes.
extension Sequencer {
    enum Decision {
        /// For the caller, once the batch under way is durable.
        case reply(Result<SequencerReply, EngineError>)
        /// Nothing was decided that would have to be durable first.
        case replyAtOnce(Result<SequencerReply, EngineError>)
        /// No reply, or not yet.
        case none
        /// The batch has to be appended first; then the entry is decided again, or its rest.
        case batchFull
    }

    mutating func decide(_ entry: IntakeEntry) throws(EngineError) -> Decision {
        switch entry.request {
        case .command(let command, let context):
            guard space == .there else { return .reply(.failure(withoutSpace([command]))) }
            guard let outcome = try builder.decide(command, context, at: clock.now) else { return .batchFull }
            if case .dispatch(let request) = command, request.wait > .zero, outcome.isEmptyHanded,
                !builder.state.remembers(context, at: clock.now)
            {
                return wait(.command(context), request, entry.caller)
            }
            return .reply(outcome.map { .committed($0) })
        case .group(let group) where group.kind == .together:
            guard space == .there else { return .reply(.failure(withoutSpace(group.members.map(\.command)))) }
            guard let outcome = try builder.decide(together: group, at: clock.now) else { return .batchFull }
            return .reply(outcome.map { .together($0) })
        case .group(let group): return try decide(each: group, entry.caller)
        case .leave(let number):
            // Whoever has gone is answered too: an entry has one answer, whatever becomes of its caller.
            if let left = waiting.remove(caller: number) { answers.append(nothing(for: left)) }
            return .none
        case .readClock: return .replyAtOnce(.success(.time(clock.now)))
        case .countWaiting: return .replyAtOnce(.success(.count(waiting.count)))
        case .acceptClock: return try acceptClock()
        case .advance(let target): return try advance(to: target)
        case .advanceBy(let span): return try advance(to: clock.now + span)
        case .inspect(let look):
            // The state runs ahead of the log by the batch under way.
            guard builder.events.isEmpty else { return .batchFull }
            look(builder.state)
            return .replyAtOnce(.success(.sequence(builder.state.lastSequence)))
        case .reportDamage(let damage):
            // What is acknowledged from now on could not be opened again.
            throw .logFailed(.damaged(damage))
        }
    }

    /// A full disk must not cost a healthy worker its lease: a heartbeat counts without an event.
    private mutating func withoutSpace(_ commands: [Command]) -> EngineError {
        for command in commands { builder.extend(by: command, at: clock.now) }
        return .noSpace
    }

    private mutating func decide(each group: CommandGroup, _ caller: Caller) throws(EngineError) -> Decision {
        var outcomes: [Result<Committed<CommandResult>, EngineError>] = []
        if case .each(let earlier) = unfinished {
            outcomes = earlier
        } else {
            do { try builder.state.check(group, at: clock.now) } catch {
                return .reply(.failure(.refused(error)))
            }
        }
        outcomes.reserveCapacity(group.members.count)
        for member in outcomes.count..<group.members.count {
            let command = group.members[member].command
            guard space == .there else {
                outcomes.append(.failure(withoutSpace([command])))
                continue
            }
            guard try fireTimersOfMoment(),
                let outcome = try builder.decide(member: member, of: group, at: clock.now)
            else {
                unfinished = .each(outcomes)
                return .batchFull
            }
            if case .dispatch(let request) = command, request.wait > .zero, outcome.isEmptyHanded,
                !builder.state.remembers(member: member, of: group, at: clock.now)
            {
                return wait(.last(of: group, outcomes), request, caller)
            }
            outcomes.append(outcome)
        }
        return .reply(.success(.outcomes(outcomes)))
    }

    // MARK: Requests that wait for work

    private mutating func wait(_ work: WaitingDispatches.Work, _ request: DispatchRequest, _ caller: Caller)
        -> Decision
    {
        guard waiting.count < longestLine else {
            return .reply(work.reply(.failure(.intakeFull(capacity: longestLine))))
        }
        waiting.add(.init(work: work, request: request, caller: caller, end: clock.now + request.wait))
        return .none
    }

    private func nothing(for waiter: WaitingDispatches.Waiter) -> Answer {
        let nothing = Committed(CommandResult.leases([]), sequence: builder.state.lastSequence)
        return Answer(caller: waiter.caller, reply: waiter.work.reply(.success(nothing)))
    }

    /// Gives those who wait for work what there is, in the order in which they came; false when the batch has to be
    /// appended first.
    mutating func serveWaiting() throws(EngineError) -> Bool {
        guard waiting.isWorthALook(builder.state, at: clock.now) else { return true }
        let line = waiting.takeAll(builder.state, at: clock.now)
        var rest: [WaitingDispatches.Waiter] = []
        var isComplete = false
        var looked = 0
        // Also after an error: everybody in the line is still to be told.
        defer { waiting.put(back: rest + line[looked...], isIncomplete: !isComplete) }
        for waiter in line {
            if waiter.work.isKeyed || builder.state.mayServe(waiter.request, at: clock.now) {
                guard let outcome = try serve(waiter) else { return false }
                if !outcome.isEmptyHanded {
                    looked += 1
                    answers.append(Answer(caller: waiter.caller, reply: waiter.work.reply(outcome)))
                    continue
                }
            }
            looked += 1
            if waiter.end <= clock.now { answers.append(nothing(for: waiter)) } else { rest.append(waiter) }
        }
        isComplete = true
        return true
    }

    private mutating func serve(
        _ waiter: WaitingDispatches.Waiter
    ) throws(EngineError) -> BatchBuilder.Outcome<CommandResult> {
        guard space == .there else { return .failure(.noSpace) }
        return switch waiter.work {
        case .command(let context): try builder.decide(.dispatch(waiter.request), context, at: clock.now)
        case .last(let group, _):
            try builder.decide(member: group.members.count - 1, of: group, at: clock.now)
        }
    }

    // MARK: Time

    /// Fires what is due at a virtual moment before the next command, so that commands at one moment leave the same events
    /// in one batch and in many; false when the batch has to be appended first.
    mutating func fireTimersOfMoment() throws(EngineError) -> Bool {
        if clock.isVirtual { try fireTimers(upTo: clock.now) } else { true }
    }

    /// Fires what is due up to `moment`, as far as there is room; under a virtual clock everything at its own time.
    ///
    /// False when the batch has to be appended first.
    mutating func fireTimers(upTo moment: Timestamp) throws(EngineError) -> Bool {
        while space == .there, let due = nextMoment, due <= moment {
            if clock.isVirtual { clock.advance(to: due) }
            let now = clock.isVirtual ? clock.now : moment
            if let timer = builder.state.nextTimer, timer <= now {
                if try builder.decideDue(at: now) { return false }
            } else if try !serveWaiting() {
                return false
            }
        }
        return true
    }

    private mutating func advance(to target: Timestamp) throws(EngineError) -> Decision {
        guard clock.isVirtual else { return .replyAtOnce(.failure(.clockIsNotVirtual)) }
        // One that met a full batch goes on to where it was going.
        var target = target
        if case .advance(let begun) = unfinished { target = begun }
        guard try fireTimers(upTo: target) else {
            unfinished = .advance(to: target)
            return .batchFull
        }
        if space != .there, let due = nextMoment, due <= target { return .reply(.failure(.noSpace)) }
        clock.advance(to: target)
        return .reply(.success(.time(clock.now)))
    }

    private mutating func acceptClock() throws(EngineError) -> Decision {
        guard space == .there else { return .reply(.failure(.noSpace)) }
        var accepted = clock
        let jump = accepted.accept()
        if let jump, try builder.decideClockJump(jump, at: accepted.now) { return .batchFull }
        clock = accepted
        return .reply(.success(.clockJump(jump)))
    }
}

extension Result<Committed<CommandResult>, EngineError> {
    /// Whether work was asked for, and there was none.
    fileprivate var isEmptyHanded: Bool {
        if case .success(let answer) = self, case .leases([]) = answer.value { true } else { false }
    }
}
