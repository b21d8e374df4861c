import Orchestration

/// Reads how a lease ended back from the log, off the cooperative pool.
struct LeaseEndReader: Sendable {
    private let log: ReadableLog

    init(_ log: ReadableLog) {
        self.log = log
    }

    /// The event that ended the lease; nil for a token that was never given, or is live.
    ///
    /// A token names the event that granted it, so the search begins there, and ends with the lease.
    func end(of token: LeaseToken, through last: UInt64) async throws(EngineError) -> Event? {
        guard token.counter > 0, token.counter < last else { return nil }
        return try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            let reader = EventReader(log.files, from: token.counter, through: last)
            var job: JobID?
            while let events = try log.noticing(reader.nextBatch) {
                for event in events where event.sequence <= last {
                    if let job {
                        if event.body.job == job, event.body.endsAttempt { return event }
                    } else if case .jobDispatched(let granted) = event.body, granted.token == token {
                        job = granted.job
                    } else {
                        return nil
                    }
                }
            }
            return nil
        }
    }
}

extension Command {
    /// Whether the event that ended its lease is what it would have written then.
    func wrote(_ end: Event) -> Bool {
        switch (self, end.body) {
        // Whoever was told to stop is cancelled, whatever the worker says.
        case (_, .jobCancelled), (.release, .jobReleased): true
        case (.complete(_, let result), .jobSucceeded(_, _, let recorded)): result == recorded
        case (.fail(_, let failure), .attemptFailed(_, _, let recorded)): failure == recorded
        case (.snooze(_, let span), .jobSnoozed(_, _, let due)): due == end.time + span
        default: false
        }
    }
}

extension Event.Body {
    fileprivate var endsAttempt: Bool {
        switch self {
        case .jobSucceeded, .attemptFailed, .leaseExpired, .jobSnoozed, .jobReleased, .jobCancelled: true
        default: false
        }
    }
}
