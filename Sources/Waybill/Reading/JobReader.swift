import EventLog
import Orchestration

/// Reads jobs that ended back from the log, off the cooperative pool.
struct JobReader: Sendable {
    private let files: any LogFS

    init(_ files: any LogFS) {
        self.files = files
    }

    /// One pass over a part of the log, however many jobs there are.
    ///
    /// Throws ``Orchestration/Refusal/payloadGone(_:)`` for a job whose creation isn't in it.
    func revivals(
        of jobs: [JobID],
        from first: UInt64,
        through last: UInt64
    ) async throws(EngineError) -> [JobID: FinishedJobSnapshot] {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            var recalls: [JobID: JobRecall] = [:]
            for job in jobs { recalls[job] = JobRecall(job) }
            let reader = try EventReader(files, from: first)
            var next = first
            while next <= last, let events = try reader.nextBatch() {
                for event in events where event.sequence <= last {
                    guard let job = event.body.job else { continue }
                    recalls[job]?.fold(event)
                }
                next = (events.last?.sequence ?? next) + 1
            }
            var revivals: [JobID: FinishedJobSnapshot] = [:]
            for job in jobs {
                guard let revival = recalls[job]?.revival else { throw .refused(.payloadGone(job)) }
                revivals[job] = revival
            }
            return revivals
        }
    }
}
