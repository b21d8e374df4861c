package import Orchestration

extension Engine {
    /// The event with which a job began, read from the log; nil for a job that never was, or is pruned.
    ///
    /// Throws the error that keeps the log or the jobs model from being read.
    package func firstEvent(of job: JobID) async throws(EngineError) -> Event? {
        guard await jobs.caughtUp(to: durableSequence) else { throw reasonOfLag }
        guard let birth = await jobs.birth(of: job) else { return nil }
        return try await lookup.event(birth)
    }
}
