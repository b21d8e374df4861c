import EventLog
import Orchestration

/// Reads single events back from the log, off the cooperative pool.
///
/// One for an engine: what finds an event quickly is shared by all who look.
struct EventLookup: Sendable {
    private let archive: EventArchive

    init(_ files: any LogFS) {
        archive = EventArchive(files)
    }

    /// Nil when the log doesn't hold it.
    ///
    /// What is asked for must be durable.
    func event(_ sequence: UInt64) async throws(EngineError) -> Event? {
        try await look { archive throws(EngineError) in try archive.event(sequence) }
    }

    /// Some looks without another's in between, at the price of one change of threads.
    func look<Value: Sendable>(
        _ body: @Sendable (isolated EventArchive) throws(EngineError) -> Value
    ) async throws(EngineError) -> Value {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            try await archive.look(body)
        }
    }
}
