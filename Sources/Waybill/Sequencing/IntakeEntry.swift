package import EventLog
package import Orchestration

/// What a caller leaves at the intake.
package struct IntakeEntry: Sendable {
    package enum Request: Sendable {
        case command(Command, CommandContext)
        case group(CommandGroup)
        /// The caller of this number waits for work no longer.
        case leave(UInt64)
        case readClock
        /// Counts the requests that wait for work.
        case countWaiting
        /// Believes the wall clock; gives how far ahead it was.
        case acceptClock
        /// Moves the virtual clock, firing every timer on the way at its own time.
        case advance(to: Timestamp)
        /// The same, from wherever the clock stands when this is reached.
        case advanceBy(TimeSpan)
        /// Looks at the state that the log holds.
        case inspect(@Sendable (borrowing State) -> Void)
        /// Somebody who read the log found that it isn't whole.
        case reportDamage(Damage)
    }

    package let request: Request
    package let caller: Caller

    package init(_ request: Request, from caller: Caller) {
        self.request = request
        self.caller = caller
    }
}

/// Who waits for an answer.
package struct Caller: Sendable {
    /// Tells those apart who may leave while they wait for work; 0 for everybody else.
    package let number: UInt64
    /// Nil for a caller whom nobody resumes: in the simulator, and whoever only says that somebody leaves.
    ///
    /// Unsafe, because a checked continuation costs twice as much on the path of every command; the sequencer answers
    /// each entry exactly once.
    let continuation: UnsafeContinuation<Result<SequencerReply, EngineError>, Never>?

    package init(number: UInt64) {
        self.number = number
        continuation = nil
    }

    init(
        number: UInt64 = 0,
        _ continuation: UnsafeContinuation<Result<SequencerReply, EngineError>, Never>
    ) {
        self.number = number
        self.continuation = continuation
    }
}

/// What the sequencer says to an entry.
package enum SequencerReply: Sendable {
    case committed(Committed<CommandResult>)
    /// Of commands that went together.
    case together(Committed<[CommandResult]>)
    /// An outcome for each command of a group.
    case outcomes([Result<Committed<CommandResult>, EngineError>])
    case time(Timestamp)
    /// How far ahead the wall clock was; nil when it was believed already.
    case clockJump(TimeSpan?)
    case count(Int)
    /// Of the state that was looked at.
    case sequence(UInt64)
}

/// A reply and who gets it.
package struct Answer: Sendable {
    package let caller: Caller
    package let reply: Result<SequencerReply, EngineError>

    func resume() {
        caller.continuation?.resume(returning: reply)
    }
}
