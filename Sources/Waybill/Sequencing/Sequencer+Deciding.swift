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
            guard let result = try decide(command, context) else { return .batchFull }
            if case .dispatch(let request) = command, request.wait > .zero, isEmptyHanded(result, context) {
                return wait(request, context, entry.caller)
            }
            return .reply(result.map { .committed($0) })
        case .requests(let requests): return try decide(requests)
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
        }
    }

    /// Nil when the batch under way has to be appended first.
    private mutating func decide(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<CommandResult>, EngineError>? {
        // Commands at one virtual moment leave the same events in one batch and in many.
        if clock.isVirtual, try !fireTimers(upTo: clock.now) { return nil }
        return try decideNow(command, context)
    }

    /// Decides though timers may be due.
    private mutating func decideNow(
        _ command: Command,
        _ context: CommandContext
    ) throws(EngineError) -> Result<Committed<CommandResult>, EngineError>? {
        guard room == .there else {
            // A full disk must not cost a healthy worker its lease.
            if case .heartbeat(let token, _) = command { builder.extend(token, at: clock.now) }
            return .failure(.noSpace)
        }
        do {
            switch try builder.decide(command, context, at: clock.now) {
            case .answered(let result):
                return .success(Committed(result, sequence: builder.state.lastSequence))
            case .refused(let refusal): return .failure(.refused(refusal))
            case .batchFull: return nil
            }
        } catch { throw .inconsistent(error) }
    }

    private mutating func decide(_ requests: [Request]) throws(EngineError) -> Decision {
        var outcomes: [Result<Committed<CommandResult>, EngineError>] = []
        if case .requests(let earlier) = unfinished { outcomes = earlier }
        outcomes.reserveCapacity(requests.count)
        for request in requests[outcomes.count...] {
            guard let outcome = try decide(request.command, request.context) else {
                unfinished = .requests(outcomes)
                return .batchFull
            }
            outcomes.append(outcome)
        }
        return .reply(.success(.outcomes(outcomes)))
    }

    // MARK: Requests that wait for work

    private func isEmptyHanded(
        _ result: Result<Committed<CommandResult>, EngineError>,
        _ context: CommandContext
    ) -> Bool {
        guard case .success(let answer) = result, case .leases([]) = answer.value else { return false }
        return !builder.state.remembers(context, at: clock.now)
    }

    private mutating func wait(_ request: DispatchRequest, _ context: CommandContext, _ caller: Caller)
        -> Decision
    {
        guard waiting.count < longestLine else {
            return .reply(.failure(.intakeFull(capacity: longestLine)))
        }
        let end = clock.now + request.wait
        waiting.add(.init(request: request, context: context, caller: caller, end: end))
        return .none
    }

    private func nothing(for waiter: WaitingDispatches.Waiter) -> Answer {
        let nothing = Committed(CommandResult.leases([]), sequence: builder.state.lastSequence)
        return Answer(caller: waiter.caller, reply: .success(.committed(nothing)))
    }

    /// Gives those who wait for work what there is, in the order in which they came; false when the batch has to be
    /// appended first.
    mutating func serveWaiting() throws(EngineError) -> Bool {
        guard waiting.isWorthALook(builder.state, at: clock.now) else { return true }
        let line = waiting.takeAll(builder.state, at: clock.now)
        var rest: [WaitingDispatches.Waiter] = []
        for (index, waiter) in line.enumerated() {
            let isChoice =
                waiter.context.idempotencyKey != nil || builder.state.mayServe(waiter.request, at: clock.now)
            if isChoice {
                guard let result = try decideNow(.dispatch(waiter.request), waiter.context) else {
                    waiting.put(back: rest + line[index...], isIncomplete: true)
                    return false
                }
                if case .success(let answer) = result, case .leases([]) = answer.value {
                } else {
                    answers.append(Answer(caller: waiter.caller, reply: result.map { .committed($0) }))
                    continue
                }
            }
            if waiter.end <= clock.now { answers.append(nothing(for: waiter)) } else { rest.append(waiter) }
        }
        waiting.put(back: rest, isIncomplete: false)
        return true
    }

    // MARK: Time

    /// Fires what is due up to `moment`, as far as there is room; under a virtual clock everything at its own time.
    ///
    /// False when the batch has to be appended first.
    mutating func fireTimers(upTo moment: Timestamp) throws(EngineError) -> Bool {
        while room == .there, let due = nextMoment, due <= moment {
            if clock.isVirtual { clock.advance(to: due) }
            let now = clock.isVirtual ? clock.now : moment
            if let timer = builder.state.nextTimer, timer <= now {
                do { if try builder.decideDue(at: now) { return false } } catch { throw .inconsistent(error) }
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
        if room != .there, let due = nextMoment, due <= target { return .reply(.failure(.noSpace)) }
        clock.advance(to: target)
        return .reply(.success(.time(clock.now)))
    }

    private mutating func acceptClock() throws(EngineError) -> Decision {
        guard room == .there else { return .reply(.failure(.noSpace)) }
        var accepted = clock
        let jump = accepted.accept()
        if let jump {
            do {
                if try builder.decideClockJump(jump, at: accepted.now) { return .batchFull }
            } catch { throw .inconsistent(error) }
        }
        clock = accepted
        return .reply(.success(.clockJump(jump)))
    }
}
