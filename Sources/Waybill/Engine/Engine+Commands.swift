public import Orchestration

/// The commands, each with the answer that it gives.
///
/// All of them return after the batch is durable. They throw ``EngineError/refused(_:)`` with the domain's reason;
/// ``EngineError/intakeFull(capacity:)``, ``EngineError/noSpace``, ``EngineError/closed`` and
/// ``EngineError/logFailed(_:)`` when nothing was written; and ``EngineError/outcomeUnknown(_:)`` when the log failed
/// under the command.
extension Engine {
    /// Creates a job: ready at once, or scheduled for its run-at.
    @discardableResult
    public func create(_ job: JobSpecification, by context: CommandContext) async throws(EngineError)
        -> Committed<JobID>
    {
        try await submit(.create(job), by: context).job()
    }

    /// All or none, with ids in the order of `jobs`.
    @discardableResult
    public func create(_ jobs: [JobSpecification], by context: CommandContext) async throws(EngineError)
        -> Committed<[JobID]>
    {
        try await submit(.createMany(jobs), by: context).jobs()
    }

    /// Puts a job into the inbox, where it waits for approval or rejection.
    @discardableResult
    public func suggest(_ job: JobSpecification, by context: CommandContext) async throws(EngineError)
        -> Committed<JobID>
    {
        try await submit(.suggest(job), by: context).job()
    }

    /// Takes a suggestion out of the inbox and makes it a job.
    @discardableResult
    public func approve(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await submit(.approve([job]), by: context).done()
    }

    /// Takes a suggestion out of the inbox for good.
    @discardableResult
    public func reject(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await submit(.reject([job]), by: context).done()
    }

    /// All or none: they leave the inbox and are ready in one batch.
    @discardableResult
    public func approve(_ jobs: [JobID], by context: CommandContext) async throws(EngineError) -> Committed<
        Void
    > {
        try await submit(.approve(jobs), by: context).done()
    }

    /// All or none.
    @discardableResult
    public func reject(_ jobs: [JobID], by context: CommandContext) async throws(EngineError) -> Committed<
        Void
    > {
        try await submit(.reject(jobs), by: context).done()
    }

    /// Completes several jobs, independently of each other: an outcome each, nil for success.
    @discardableResult
    public func complete(_ completions: [Completion], by context: CommandContext) async throws(EngineError)
        -> Committed<[Refusal?]>
    {
        try await submit(.completeMany(completions), by: context).outcomes()
    }

    /// Leases the next jobs to a worker; empty when nothing is suitable.
    public func dispatch(_ request: Dispatch, by context: CommandContext) async throws(EngineError)
        -> Committed<[Lease]>
    {
        try await submit(.dispatch(request), by: context).leases()
    }

    /// Ends a running job as succeeded, with what it made.
    @discardableResult
    public func complete(_ holder: Holder, result: Payload = Payload(), by context: CommandContext)
        async throws(EngineError) -> Committed<Void>
    {
        try await submit(.complete(holder, result: result), by: context).done()
    }

    /// Ends the attempt: the job is tried again after its backoff, or is dead.
    @discardableResult
    public func fail(_ holder: Holder, _ failure: Failure, by context: CommandContext)
        async throws(EngineError)
        -> Committed<Void>
    {
        try await submit(.fail(holder, failure), by: context).done()
    }

    /// A waiting job is cancelled at once.
    ///
    /// A running one is asked to stop: it is cancelled when its worker fails it or its lease ends, and succeeds if
    /// the worker completes it before.
    @discardableResult
    public func cancel(_ job: JobID, by context: CommandContext) async throws(EngineError) -> Committed<Void>
    {
        try await cancel([job], by: context)
    }

    /// All or none, each as ``cancel(_:by:)-(JobID,_)`` does it.
    @discardableResult
    public func cancel(_ jobs: [JobID], by context: CommandContext) async throws(EngineError)
        -> Committed<Void>
    {
        try await submit(.cancel(jobs), by: context).done()
    }

    /// Adds points to one of a job's series, in one event.
    @discardableResult
    public func addPoints(_ points: [Point], to series: String, of job: JobID, by context: CommandContext)
        async throws(EngineError) -> Committed<Void>
    {
        try await submit(.addPoints(job, series: series, points: points), by: context).done()
    }

    /// Registers a machine, or changes what is known of the one with this name.
    @discardableResult
    public func register(_ machine: MachineSpecification, by context: CommandContext)
        async throws(EngineError)
        -> Committed<Void>
    {
        try await submit(.registerMachine(machine), by: context).done()
    }

    /// Says whether a machine takes new jobs; what runs on it goes on.
    @discardableResult
    public func setStatus(_ status: MachineStatus, ofMachine name: String, by context: CommandContext)
        async throws(EngineError) -> Committed<Void>
    {
        try await submit(.setMachineStatus(name: name, status), by: context).done()
    }
}

/// The core pairs each command with one kind of answer; another kind is a mistake in it, not of the caller.
extension Committed<Answer> {
    fileprivate func done() -> Committed<Void> { Committed<Void>((), sequence: sequence) }

    fileprivate func job() -> Committed<JobID> {
        guard case .created(let job) = value else { preconditionFailure("create answered \(value)") }
        return Committed<JobID>(job, sequence: sequence)
    }

    fileprivate func jobs() -> Committed<[JobID]> {
        guard case .createdMany(let jobs) = value else { preconditionFailure("createMany answered \(value)") }
        return Committed<[JobID]>(jobs, sequence: sequence)
    }

    fileprivate func outcomes() -> Committed<[Refusal?]> {
        guard case .outcomes(let outcomes) = value else {
            preconditionFailure("completeMany answered \(value)")
        }
        return Committed<[Refusal?]>(outcomes, sequence: sequence)
    }

    fileprivate func leases() -> Committed<[Lease]> {
        guard case .leases(let leases) = value else { preconditionFailure("dispatch answered \(value)") }
        return Committed<[Lease]>(leases, sequence: sequence)
    }
}
