public import Orchestration

extension Engine {
    /// Begins to do one thing to many jobs, each judged anew when its turn comes.
    ///
    /// - Parameters:
    ///   - action: What is done to each.
    ///   - jobs: To which, in this order.
    ///   - rate: Jobs a second at most; nil for as many as the engine takes.
    ///   - clock: What the rate is measured by.
    ///   - context: Recorded with every event; it has no idempotency key.
    public func begin(
        _ action: BulkAction,
        on jobs: [JobID],
        rate: Int? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        by context: CommandContext
    ) -> BulkOperation {
        let plain = CommandContext(
            actor: context.actor,
            reason: context.reason,
            traceparent: context.traceparent
        )
        return BulkOperation(action, jobs, self, BulkPace(perSecond: rate, clock: clock), plain)
    }

    /// The same for the jobs that meet a filter when this is called; each is judged anew when its turn comes.
    ///
    /// ``JobsModel/numbers(_:)`` tells beforehand which they would be.
    public func begin(
        _ action: BulkAction,
        matching filter: JobFilter,
        rate: Int? = nil,
        clock: any Clock<Duration> = ContinuousClock(),
        by context: CommandContext
    ) async throws(EngineError) -> BulkOperation {
        guard await jobs.caughtUp(to: durableSequence) else { throw reasonOfLag }
        let chosen = await jobs.numbers(filter).jobs
        return begin(action, on: chosen, rate: rate, clock: clock, by: context)
    }
}
