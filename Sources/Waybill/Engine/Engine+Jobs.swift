public import Orchestration

/// The commands on jobs, each with the answer that it gives.
///
/// All of them return after the batch is durable. They throw ``EngineError/refused(_:)`` with the domain's reason;
/// ``EngineError/intakeFull(capacity:)``, ``EngineError/noSpace``, ``EngineError/closed`` and
/// ``EngineError/logFailed(_:)`` when nothing was written; and ``EngineError/outcomeUnknown(_:)`` when the log failed
/// under the command. What takes a list does all of it or none.
extension Engine {
    /// Creates a job: ready at once, scheduled for its run-at, or blocked by the jobs that it waits for.
    @discardableResult
    public func create(
        _ job: JobSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<JobID> {
        try await submit(.create(job), by: context).job()
    }

    /// With ids in the order of `jobs`.
    @discardableResult
    public func create(
        _ jobs: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[JobID]> {
        try await submit(.createMany(jobs), by: context).jobs()
    }

    /// Creates a job that ends with its tasks, and the tasks.
    ///
    /// The job stays blocked until they have succeeded, and succeeds then; its ``JobSpecification/onTaskFailure`` says
    /// what becomes of it when one of them doesn't. Cancelling it cancels those that are open. When it expires, they go
    /// on under their own terms.
    @discardableResult
    public func create(
        _ job: JobSpecification,
        tasks: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<(parent: JobID, tasks: [JobID])> {
        try await submit(.createWithTasks(job, tasks: tasks), by: context).family()
    }

    /// Puts a job into the inbox, where it waits for approval or rejection.
    @discardableResult
    public func suggest(
        _ job: JobSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<JobID> {
        try await submit(.suggest(job), by: context).job()
    }

    /// With ids in the order of `jobs`.
    @discardableResult
    public func suggest(
        _ jobs: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[JobID]> {
        try await submit(.suggestMany(jobs), by: context).jobs()
    }

    /// Takes a suggestion out of the inbox and makes it a job.
    @discardableResult
    public func approve(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await approve([job], by: context)
    }

    /// They leave the inbox and are ready in one batch.
    @discardableResult
    public func approve(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.approve(jobs), by: context).done()
    }

    /// Takes a suggestion out of the inbox for good.
    @discardableResult
    public func reject(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await reject([job], by: context)
    }

    @discardableResult
    public func reject(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.reject(jobs), by: context).done()
    }

    /// Changes attributes of a job that has not ended; the rest only while it waits.
    @discardableResult
    public func update(
        _ job: JobID,
        _ change: JobChange,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.update(job, change), by: context).done()
    }

    /// Keeps waiting jobs from being dispatched; what they wait for goes on.
    @discardableResult
    public func hold(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.hold(jobs), by: context).done()
    }

    @discardableResult
    public func unhold(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.unhold(jobs), by: context).done()
    }

    /// A waiting job is cancelled at once.
    ///
    /// A running one is asked to stop, and told so at its heartbeat: it is cancelled when its worker fails or releases
    /// it, or when its lease ends, and succeeds if the worker completes it before. By `force` it is cancelled at once:
    /// its lease ends, and the worker's next word is refused. With a job that has tasks, its open tasks are cancelled.
    @discardableResult
    public func cancel(
        _ job: JobID,
        force: Bool = false,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await cancel([job], force: force, by: context)
    }

    /// Each as ``cancel(_:force:by:)-(JobID,_,_)`` does it.
    @discardableResult
    public func cancel(
        _ jobs: [JobID],
        force: Bool = false,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.cancel(jobs, isForced: force), by: context).done()
    }

    /// Adds points to one of a job's series, in one event; for a running job they are a heartbeat too.
    @discardableResult
    public func addPoints(
        _ points: [Point],
        to series: String,
        of job: JobID,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.addPoints(job, series: series, points: points), by: context).done()
    }
}
