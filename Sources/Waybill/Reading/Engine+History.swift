public import Orchestration

extension Engine {
    /// A job's events, newest first, at most `limit`; nil for a job that never was, and for one that is pruned unless
    /// `before` says where to begin.
    ///
    /// Costs a look into the log an event, however long the history is. Throws ``EngineError/refused(_:)`` when `before`
    /// is no event of the job, and the error that keeps the log or the jobs model from being read.
    ///
    /// - Parameters:
    ///   - job: Whose.
    ///   - before: One of the job's events: those before it are given. A page's last event is where the next page begins.
    ///   - limit: Events at most.
    public func history(
        of job: JobID,
        before: UInt64? = nil,
        limit: Int = 100
    ) async throws(EngineError) -> [Event]? {
        try await history(of: job, before: before, limit: limit, memoryBytes: .max)
    }

    /// The same, which ends sooner where the events take so many bytes: at the one with which they do.
    package func history(
        of job: JobID,
        before: UInt64?,
        limit: Int,
        memoryBytes: Int
    ) async throws(EngineError) -> [Event]? {
        let durable = durableSequence
        guard await jobs.caughtUp(to: durable) else { throw reasonOfLag }
        let newest = await jobs[job]?.version
        guard let first = before ?? newest else { return nil }
        // The jobs model shows what is durable, and nothing else is looked for.
        guard before.map({ $0 <= durable }) ?? true else { throw Self.isNoEvent(of: job) }
        let events = try await lookup.look { archive throws(EngineError) -> [Event]? in
            var sequence = first
            if before != nil {
                guard let later = try archive.event(first), later.body.job == job else { return nil }
                sequence = later.links.job
            }
            var events: [Event] = []
            guard limit > 0 else { return events }
            var left = memoryBytes
            try archive.walk(job, backFrom: sequence) { event in
                events.append(event)
                left -= event.memoryBytes
                return events.count < limit && left > 0
            }
            return events
        }
        if let events { return events }
        if newest == nil { return nil }
        throw Self.isNoEvent(of: job)
    }

    private static func isNoEvent(of job: JobID) -> EngineError {
        .refused(.invalid(field: "before", problem: "is no event of job \(job)"))
    }
}

extension Engine {
    /// The event with which a job began, pruned or not, read from the log; nil for a job that never was.
    ///
    /// Throws the error that keeps the log or the jobs model from being read.
    package func firstEvent(of job: JobID) async throws(EngineError) -> Event? {
        let durable = durableSequence
        guard await jobs.caughtUp(to: durable) else { throw reasonOfLag }
        if let birth = await jobs.birth(of: job) { return try await lookup.event(birth) }
        return try await lookup.look { archive throws(EngineError) in
            try archive.firstEvent(of: job, through: durable)
        }
    }
}
