public import EventLog
public import Orchestration

/// Why the engine gave no answer of the domain, or a refusal.
public enum EngineError: Error, Sendable {
    /// The domain said no; nothing was written.
    case refused(Refusal)
    /// The intake is full; nothing was written.
    ///
    /// Try again, or slow down.
    case intakeFull(capacity: Int)
    /// The disk has no room for the next batch; nothing was written.
    ///
    /// Reads go on, and commands are taken again when there is room.
    case noSpace
    /// The log failed while this command was being written: it may or may not be in the log.
    ///
    /// The engine accepts nothing more; open it again to learn.
    case outcomeUnknown(LogError)
    /// The log has failed, before anything of this command was written.
    ///
    /// The engine accepts nothing more; open it again.
    case logFailed(LogError)
    /// The task that asked for work was cancelled, without an idempotency key; what it was given meanwhile was released.
    case callerGone
    /// The engine is closed or closing; nothing was written.
    case closed
    /// The log can't be opened or read.
    case log(LogError)
    /// An event in the log can't be understood; says where.
    case undecodable(segment: String, offset: UInt64, sequence: UInt64, CodecError)
    /// A batch's events are not those that its header announces.
    case misnumbered(segment: String, offset: UInt64, sequence: UInt64)
    /// The directory holds a log with events, and ``EngineOptions/requiresNewLog`` is set.
    case holdsLog(lastSequence: UInt64)
    /// The system gives no thread for the sequencer; `errno` as it said.
    case noThread(errno: Int32)
    /// An event in the log contradicts the state before it.
    case inconsistent(ApplyError)
    /// The cursor's epoch doesn't hold its sequence: the history it saw was lost in a power cut.
    ///
    /// Start again from the read models.
    case resync(Cursor)
    /// ``Engine/advance(to:)`` on an engine whose clock is the wall clock.
    case clockIsNotVirtual
}

extension EngineError {
    /// The log failed while nothing was being written.
    static func failedBefore(_ error: LogError) -> EngineError {
        if case .outcomeUnknown(let cause) = error { .logFailed(.file(cause)) } else { .logFailed(error) }
    }

    /// Whether the engine takes nothing more because of it.
    package var isOfFailedLog: Bool {
        switch self {
        case .logFailed, .outcomeUnknown: true
        default: false
        }
    }

    /// What ended the engine, as those are told whose commands it never looked at.
    var forTheUnheard: EngineError {
        if case .outcomeUnknown(let error) = self { .failedBefore(error) } else { self }
    }

    /// The same for those of whose commands something was decided, and perhaps appended.
    var forTheDecided: EngineError {
        if case .logFailed(let error) = self { .outcomeUnknown(error) } else { self }
    }
}

extension EngineError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let refusal): "refused: \(refusal)"
        case .intakeFull(let capacity): "the intake is full (\(capacity) commands wait); try again"
        case .noSpace: "no space left for the log; commands are refused until there is room"
        case .outcomeUnknown(let error): "outcome unknown, the log failed: \(error); open the engine again"
        case .logFailed(let error): "nothing was written, the log has failed: \(error); open the engine again"
        case .callerGone: "whoever asked for work has gone; nothing is leased to it"
        case .closed: "the engine is closed"
        case .log(let error): "\(error)"
        case .undecodable(let segment, let offset, let sequence, let error):
            "\(segment), batch at offset \(offset), from sequence \(sequence): an event can't be decoded: \(error)"
        case .misnumbered(let segment, let offset, let sequence):
            "\(segment), batch at offset \(offset): its events are not sequence \(sequence) and those after it"
        case .holdsLog(let last): "the directory already holds a log, up to sequence \(last)"
        case .noThread(let errno): "the system gives no thread for the sequencer (error \(errno))"
        case .inconsistent(let error): "the log contradicts itself: \(error)"
        case .resync(let cursor): "cursor \(cursor) is not part of this log any more; resync"
        case .clockIsNotVirtual: "only a virtual clock can be advanced"
        }
    }
}

/// Whether an engine takes commands.
///
/// It answers reads in every condition.
public enum EngineCondition: Sendable {
    /// Commands are taken, and read models follow.
    case serving
    /// Commands are taken, and the wall clock is so far ahead that it isn't believed: see ``Engine/acceptClock()``.
    case clockInDoubt(ahead: TimeSpan)
    /// Commands are taken, but a read model could not read on and shows the past: open the engine again.
    case readModelStopped(EngineError)
    /// The disk has no room for the next batch: commands are refused until there is.
    case waitingForSpace
    /// Closed in order; nothing is lost.
    case closed
    /// The log failed, or isn't whole any more: nothing more is written, and reads go on as far as they can; open it
    /// again.
    case failed(EngineError)
}
