package import EventLog
import Orchestration

extension LogWriter {
    /// Makes the batch under way durable.
    ///
    /// The core's batch is not finished by it.
    package func append(_ core: borrowing SequencerCore) throws(LogError) {
        precondition(core.events.first?.sequence == lastSequence + 1, "the state and the log are one history")
        let (count, time) = (core.events.count, core.state.lastTime.nanoseconds)
        // Unsafe for the duration of the call: the core outlives it.
        try core.bytes.withUnsafeBytes { bytes in
            Result { () throws(LogError) in try append(bytes, count: count, time: time) }
        }.get()
    }
}
