public import Orchestration

extension Engine {
    /// Jobs, whole, in the order asked; those that never were or are pruned are left out.
    ///
    /// All open jobs are seen at one moment of the state, unless one of them changed its state while they were being read.
    /// It holds up commands for about a microsecond a job. Each job that ended costs three or four looks into the log,
    /// however long its history is.
    ///
    /// Throws ``EngineError/intakeFull(capacity:)`` and ``EngineError/closed`` as commands do, and the error that keeps
    /// the log or the jobs model from being read.
    public func details(of jobs: [JobID]) async throws(EngineError) -> [JobDetail] {
        var found: [JobID: JobDetail] = [:]
        var rest = Array(Set(jobs))
        for round in 1...3 where !rest.isEmpty {
            let asked = rest
            let seen = try await inspect { state in asked.map { JobStanding(state, $0) } }
            guard await self.jobs.caughtUp(to: seen.sequence) else { throw reasonOfLag }
            let hints = await self.jobs.hints(of: asked)
            var snapshots: [JobSnapshot] = []
            rest = []
            for (job, standing) in zip(asked, seen.value) {
                guard let standing, let hints = hints[job] else { continue }
                // Moved on since: looked at again, but not for ever.
                if round < 3, !standing.agrees(with: hints) {
                    rest.append(job)
                } else {
                    snapshots.append(JobSnapshot(job: job, standing: standing, hints: hints))
                }
            }
            for detail in try await read(snapshots) { found[detail.id] = detail }
        }
        return jobs.compactMap { found[$0] }
    }

    /// One job, whole; nil when it never was or is pruned.
    ///
    /// Throws as ``details(of:)`` does.
    public func detail(of job: JobID) async throws(EngineError) -> JobDetail? {
        try await details(of: [job]).first
    }

    private func read(_ snapshots: [JobSnapshot]) async throws(EngineError) -> [JobDetail] {
        // Open jobs mostly need no look into the log, and no change of threads.
        var details = snapshots.compactMap(\.detail)
        let rest = snapshots.filter { $0.detail == nil }
        guard !rest.isEmpty else { return details }
        details += try await lookup.look { archive throws(EngineError) in
            var details: [JobDetail] = []
            for snapshot in rest { details.append(try archive.detail(snapshot)) }
            return details
        }
        return details
    }
}
