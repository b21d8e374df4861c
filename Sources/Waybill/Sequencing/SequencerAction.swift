package import Orchestration

/// What the sequencer wants done next.
package enum SequencerAction: Sendable {
    /// Wait for entries, then ``Sequencer/accept(_:)`` them, or ``Sequencer/close()`` when none will come any more.
    case take(IntakeWait)
    /// Make room for the first batch of an epoch, for which the log recovers what it has to, then ``Sequencer/opened(_:)``.
    case open(EpochTerms)
    /// Make room for the largest batch, then ``Sequencer/reserved(_:)``.
    case reserve
    /// Hand a batch to the log, which may be ``Sequencer/appendFailed(_:)``.
    case append(PendingBatch)
    /// Wait until the oldest batch that the log was given is durable, then ``Sequencer/oldestIsDurable(at:)``, or
    /// ``Sequencer/appendFailed(_:)``.
    case awaitOldest
    /// Show a durable batch to readers, and answer those who waited for it; then ``Sequencer/answered(waiting:)``.
    case publish(CommittedBatch?, [Answer])
    /// Let no more entries in, for this reason, and ``Sequencer/accept(_:)`` those that are there.
    case refuse(EngineError)
    /// Nothing more comes.
    case end(Result<Void, EngineError>)
}

/// How long to wait for entries: first without sleeping, for a sleeper is woken later than asked, then asleep.
package struct IntakeWait: Sendable, Equatable {
    package let spinNanoseconds: Int64
    package let sleep: Sleep

    package enum Sleep: Sendable, Equatable {
        case none
        /// So many nanoseconds, or until the first entry.
        case atMost(Int64)
        case untilEntry
    }

    /// Only what is there.
    static let none = IntakeWait(spinNanoseconds: 0, sleep: .none)
}

/// A batch that is decided and not durable yet, with those who wait for it.
package struct PendingBatch: Sendable {
    package let events: [Event]
    /// Their encoding.
    package let payload: [UInt8]
    /// Of its newest event.
    package let time: Timestamp
    package let answers: [Answer]

    package var firstSequence: UInt64 { events[0].sequence }
    package var count: Int { events.count }
}
