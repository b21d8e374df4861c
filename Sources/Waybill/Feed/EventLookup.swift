import EventLog
import Orchestration

/// Reads single events back from the log, off the cooperative pool.
struct EventLookup: Sendable {
    private let files: any LogFS

    init(_ files: any LogFS) {
        self.files = files
    }

    /// Nil when the log doesn't reach so far.
    func event(_ sequence: UInt64) async throws(EngineError) -> Event? {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            try EventReader(files, from: sequence).nextBatch()?.first
        }
    }
}
