public import Orchestration

/// The commands on jobs, each with the answer that it gives.
///
/// All of them return after the batch is durable. They throw ``EngineError/refused(_:)`` with the domain's reason;
/// ``EngineError/intakeFull(capacity:)``, ``EngineError/noSpace``, ``EngineError/closed`` and
/// ``EngineError/logFailed(_:)`` when nothing was written; and ``EngineError/outcomeUnknown(_:)`` when the log failed
/// under the command. What takes a list does all of it or none.
extension Engine {
    /// Creates a job: ready at once, scheduled for its run-at, or blocked by the jobs that it waits for.
    ///
    /// Refused with `Refusal/duplicate(of:)` when its unique key is taken, `queueDraining`, `queueUnknown`
    /// where queues must be configured, `notFound` for a job to wait for that isn't there, `payloadTooLarge`, and `invalid`.
    @discardableResult
    public func create(
        _ job: JobSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<JobID> {
        try await submit(.create(job), by: context).job()
    }

    /// Creates several jobs in one batch, all or none; their numbers come in the order of `jobs`.
    ///
    /// Refused as one of them alone would be.
    @discardableResult
    public func create(
        _ jobs: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[JobID]> {
        try await submit(.createMany(jobs), by: context).jobs()
    }

    /// Creates a job that ends with its tasks, and the tasks, all or none.
    ///
    /// The job stays blocked until they have succeeded, and succeeds then; its `JobSpecification/onTaskFailure`
    /// says what becomes of it when one of them doesn't. Cancelling it cancels those that are open. When it expires, they go
    /// on under their own terms. Refused as creating them would be, and with `invalid` for no task or more than 9,999.
    @discardableResult
    public func create(
        _ job: JobSpecification,
        tasks: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<(parent: JobID, tasks: [JobID])> {
        try await submit(.createWithTasks(job, tasks: tasks), by: context).family()
    }

    /// Puts a job into the inbox, where it waits for approval or rejection.
    ///
    /// Refused as ``create(_:by:)-(JobSpecification,_)`` is.
    @discardableResult
    public func suggest(
        _ job: JobSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<JobID> {
        try await submit(.suggest(job), by: context).job()
    }

    /// Puts several jobs into the inbox, all or none; their numbers come in the order of `jobs`.
    @discardableResult
    public func suggest(
        _ jobs: [JobSpecification],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[JobID]> {
        try await submit(.suggestMany(jobs), by: context).jobs()
    }

    /// Takes a suggestion out of the inbox and makes it a job.
    ///
    /// Refused with `Refusal/alreadyDecided(_:_:)` when somebody was there before.
    @discardableResult
    public func approve(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await approve([job], by: context)
    }

    /// Makes several suggestions jobs, all or none: they are ready in one batch.
    @discardableResult
    public func approve(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.approve(jobs), by: context).done()
    }

    /// Takes a suggestion out of the inbox for good; it is a cancelled job then.
    ///
    /// Refused with `Refusal/alreadyDecided(_:_:)` when somebody was there before.
    @discardableResult
    public func reject(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await reject([job], by: context)
    }

    /// Takes several suggestions out of the inbox for good, all or none.
    @discardableResult
    public func reject(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.reject(jobs), by: context).done()
    }

    /// Changes attributes of a job that has not ended; the rest only while it waits.
    ///
    /// Refused with `versionConflict` when the context's `CommandContext/expectedVersion` isn't the job's,
    /// `wrongState` for what only a waiting job can change, `alreadyEnded`, `notFound`, and `invalid` for a change of nothing.
    @discardableResult
    public func update(
        _ job: JobID,
        _ change: JobChange,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.update(job, change), by: context).done()
    }

    /// Keeps waiting jobs from being dispatched, all or none; what they wait for goes on.
    ///
    /// Refused with `wrongState` for one that doesn't wait, `alreadyEnded` and `notFound`.
    @discardableResult
    public func hold(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.hold(jobs), by: context).done()
    }

    /// Lets held jobs be dispatched again, all or none.
    ///
    /// Refused with `wrongState` for one that doesn't wait, `alreadyEnded` and `notFound`.
    @discardableResult
    public func unhold(
        _ jobs: [JobID],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.unhold(jobs), by: context).done()
    }

    /// Cancels a job: a waiting one at once.
    ///
    /// A running one is asked to stop, and told so at its heartbeat: it is cancelled when its worker fails or releases
    /// it, or when its lease ends, and succeeds if the worker completes it before. By `force` it is cancelled at once:
    /// its lease ends, and the worker's next word is refused. With a job that has tasks, its open tasks are cancelled.
    ///
    /// Refused with `alreadyEnded` and `notFound`.
    @discardableResult
    public func cancel(
        _ job: JobID,
        force: Bool = false,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await cancel([job], force: force, by: context)
    }

    /// Cancels several jobs, all or none; each as ``cancel(_:force:by:)-(JobID,_,_)`` does it.
    @discardableResult
    public func cancel(
        _ jobs: [JobID],
        force: Bool = false,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.cancel(jobs, isForced: force), by: context).done()
    }

    /// Adds points to one of a job's series, in one event; for a running job they are a heartbeat too.
    ///
    /// NaN and infinities are kept. Refused with `notFound`, `alreadyEnded`, and `invalid` for no points, too many of them, or
    /// too long a name.
    @discardableResult
    public func addPoints(
        _ points: [Point],
        to series: Name,
        of job: JobID,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.addPoints(job, series: series, points: points), by: context).done()
    }
}
