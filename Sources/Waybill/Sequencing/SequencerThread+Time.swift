import Logging
import Orchestration
import Synchronization

/// What the thread does because time passes.
extension SequencerThread {
    var conditionOfClock: EngineCondition {
        let ahead = doubt.load(ordering: .relaxed)
        return ahead == 0 ? .serving : .clockInDoubt(ahead: TimeSpan(nanoseconds: ahead))
    }

    func followClock() {
        clock.follow()
        let ahead = clock.doubt?.nanoseconds ?? 0
        if ahead != 0, doubt.load(ordering: .relaxed) == 0 {
            logger.warning(
                "the wall clock is ahead by \(ahead) ns and not believed; accept it, or set it right"
            )
        }
        doubt.store(ahead, ordering: .relaxed)
    }

    func acceptClock(_ reply: IntakeEntry.Reply<TimeSpan?>) throws(EngineError) {
        guard try hasRoom() else { return reply.resume(returning: .failure(.noSpace)) }
        let jump = clock.accept()
        doubt.store(0, ordering: .relaxed)
        if let jump {
            while try sequencer.decideClockJump(jump, at: clock.now) {
                try commit()
                guard try hasRoom() else { return reply.resume(returning: .failure(.noSpace)) }
            }
        }
        settlements.add(reply, jump)
    }

    func advance(to target: Timestamp, _ reply: IntakeEntry.Reply<Timestamp>) throws(EngineError) {
        guard clock.isVirtual else { return reply.resume(returning: .failure(.clockIsNotVirtual)) }
        do throws(EngineError) {
            guard try fireTimers(upTo: target) else { return reply.resume(returning: .failure(.noSpace)) }
        } catch {
            // Timers on the way may be in the log.
            throw error.forTheDecided
        }
        clock.advance(to: target)
        settlements.add(reply, clock.now)
    }

    /// Fires what is due up to `moment`; under a virtual clock everything at its own time.
    ///
    /// False when the disk has no room: the timers stay due.
    func fireTimers(upTo moment: Timestamp) throws(EngineError) -> Bool {
        while let due = nextMoment, due <= moment {
            guard try hasRoom() else { return false }
            if clock.isVirtual { clock.advance(to: due) }
            let now = clock.isVirtual ? clock.now : moment
            if let timer = sequencer.core.state.nextTimer, timer <= now {
                if try sequencer.decideDue(at: now) { try commit() }
            } else {
                try serveWaiting()
            }
        }
        return true
    }

    /// When something happens by itself.
    var nextMoment: Timestamp? {
        let timer = sequencer.core.state.nextTimer
        guard waiting.count > 0, let end = waiting.next(sequencer.core.state) else { return timer }
        return min(timer ?? end, end)
    }

    /// Monotonic nanoseconds at which the thread has something to do that nobody will wake it for: a timer (not
    /// under a virtual clock, which waits for nobody), or another look for room.
    var timerDeadline: Int64? {
        let now = ClockReadings.monotonicNanoseconds()
        if isWaitingForRoom.load(ordering: .relaxed) { return now + 1_000_000_000 }
        guard !clock.isVirtual, let due = nextMoment else { return nil }
        let (deadline, overflow) = now.addingReportingOverflow(max(0, (due - clock.now).nanoseconds))
        // A machine that slept, or whose clock was set, is asked again soon: the monotonic clock doesn't tell.
        return overflow ? nil : min(deadline, now + 1_000_000_000)
    }
}
