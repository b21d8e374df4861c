import EventLog
public import Orchestration

/// The commands on jobs that ended; they throw as the commands on jobs do.
///
/// Memory keeps only how such a job ended, so redriving and rerunning first read the log, from the job's creation on.
extension Engine {
    /// Lets dead and cancelled jobs begin anew under their own numbers, with no attempt counted, all or none; a
    /// suggestion that was never approved goes back to the inbox.
    ///
    /// - Parameters:
    ///   - jobs: Dead or cancelled ones.
    ///   - patch: Replaces the payload of each.
    ///   - approves: Whether the caller may approve suggestions; needed to patch one that was approved.
    ///   - context: Who asks.
    @discardableResult
    public func redrive(
        _ jobs: [JobID],
        patch: Payload? = nil,
        approves: Bool = false,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        let redrive = Redrive(try await recall(jobs), patch: patch, approves: approves)
        return try await submit(.redrive(redrive), by: context).done()
    }

    /// Creates a job like one that succeeded; its `JobSpecification/rerunOf` names that one.
    ///
    /// Refused with `wrongState` for one that didn't, `payloadGone`, and as creating it would be.
    @discardableResult
    public func rerun(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<JobID>
    {
        let revivals = try await recall([job])
        return try await submit(.rerun(revivals[0]), by: context).job()
    }

    /// Dead jobs that nobody will redrive become cancelled, all or none.
    ///
    /// Refused with `wrongState` for one that isn't dead, and `notFound`.
    @discardableResult
    public func discard(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.discard(jobs), by: context).done()
    }

    /// Finished jobs are shown no more, all or none; they stay in the log.
    ///
    /// Refused with `wrongState` for one that has not ended, and `notFound`.
    @discardableResult
    public func prune(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.prune(jobs), by: context).done()
    }

    /// What the log tells of some jobs, in their order.
    private func recall(_ jobs: [JobID]) async throws(EngineError) -> [FinishedJobSnapshot] {
        let found = try await revivals(of: jobs)
        // A job of which nothing is known is refused by the core, unless it has answered the same command before.
        return jobs.map { job in
            found[job]
                ?? FinishedJobSnapshot(
                    job: job,
                    version: 0,
                    specification: JobSpecification(kind: ""),
                    origin: .created
                )
        }
    }

    /// What the log tells of those jobs that were and are not pruned.
    package func revivals(of jobs: [JobID]) async throws(EngineError) -> [JobID: FinishedJobSnapshot] {
        let last = try await inspect { state in jobs.map { state.lastSequence(of: $0) } }
        guard await self.jobs.caughtUp(to: last.sequence) else { throw reasonOfLag }
        var known: [JobID] = []
        var first = UInt64.max
        for (job, last) in zip(jobs, last.value) where last != nil {
            guard let birth = await self.jobs.birth(of: job) else { continue }
            known.append(job)
            first = min(first, birth)
        }
        guard !known.isEmpty else { return [:] }
        return try await JobReader(log).revivals(of: known, from: first, through: last.sequence)
    }
}

/// Reads jobs that ended back from the log, off the cooperative pool.
struct JobReader: Sendable {
    private let log: ReadableLog

    init(_ log: ReadableLog) {
        self.log = log
    }

    /// One pass over a part of the log, however many jobs there are.
    ///
    /// Throws `Refusal/payloadGone(_:)` for a job whose creation isn't in it.
    func revivals(
        of jobs: [JobID],
        from first: UInt64,
        through last: UInt64
    ) async throws(EngineError) -> [JobID: FinishedJobSnapshot] {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            var recalls: [JobID: JobRecall] = [:]
            for job in jobs { recalls[job] = JobRecall(job) }
            let reader = EventReader(log.files, from: first, through: last)
            while let events = try log.noticing(reader.nextBatch) {
                for event in events where event.sequence <= last {
                    guard let job = event.body.job else { continue }
                    recalls[job]?.fold(event)
                }
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
