import Orchestration

extension SequencerThread {
    /// Decides a request for work, or has it wait.
    func handle(
        _ request: DispatchRequest,
        _ context: CommandContext,
        _ caller: WaitingDispatches.Caller,
        _ reply: IntakeEntry.Reply<Committed<CommandResult>>
    ) throws(EngineError) {
        let result = try decide(.dispatch(request), context)
        guard request.wait > .zero, case .success(let answer) = result, case .leases([]) = answer.value,
            !sequencer.core.state.remembers(context, at: clock.now)
        else { return settlements.add(reply, result) }
        guard waiting.count < intake.capacity else {
            return settlements.add(reply, .failure(.intakeFull(capacity: intake.capacity)))
        }
        let end = clock.now + request.wait
        waiting.add(.init(request: request, context: context, caller: caller, reply: reply, end: end))
    }

    /// Gives those who wait for work what there is, in the order in which they came.
    func serveWaiting() throws(EngineError) {
        guard waiting.count > 0, waiting.isWorthALook(sequencer.core.state, at: clock.now) else { return }
        try waiting.serve(at: clock.now, sequencer.core.state.availability) { waiter throws(EngineError) in
            guard
                waiter.context.idempotencyKey != nil
                    || sequencer.core.state.mayServe(waiter.request, at: clock.now)
            else { return false }
            let result = try decideNow(.dispatch(waiter.request), waiter.context)
            if case .success(let answer) = result, case .leases([]) = answer.value { return false }
            settlements.add(waiter.reply, result)
            return true
        } giveUp: { waiter in
            let nothing = Committed(CommandResult.leases([]), sequence: sequencer.core.state.lastSequence)
            settlements.add(waiter.reply, .success(nothing))
        }
    }
}
