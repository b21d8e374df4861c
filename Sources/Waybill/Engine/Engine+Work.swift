public import Orchestration

/// The commands of workers; they throw as the commands on jobs do.
extension Engine {
    /// Leases the next jobs to a worker; empty when nothing is suitable until the request's wait is over.
    ///
    /// The commit that makes a job ready wakes who waits for it. A caller whose task is cancelled throws
    /// ``EngineError/callerGone``, and what it was given is released at once. Under an idempotency key it is returned
    /// instead: it is the answer of whoever else asks with that key.
    public func dispatch(
        _ request: DispatchRequest,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[Lease]> {
        try await submit(.dispatch(request), by: context).leases()
    }

    /// Gives back what was leased to a caller who has gone; what can't be given back ends with its lease.
    ///
    /// False, and nothing is given back, for leases under an idempotency key: whoever asked with it before may be at
    /// work, and whoever asks with it again is to have the same.
    @discardableResult
    package func release(_ leases: [Lease], by context: CommandContext) async -> Bool {
        guard !leases.isEmpty else { return true }
        guard context.idempotencyKey == nil else { return false }
        let reasoned = CommandContext(actor: context.actor, reason: "the caller has gone")
        let releases = leases.map { CommandGroup.Member(.release(.lease($0.token))) }
        // Without weight: the intake that is full must not make a crash of it.
        _ = try? await outcomes(of: CommandGroup(.each, of: releases, by: reasoned), weight: 0)
        return true
    }

    /// Gives a ready job to a worker by hand; its queue's and key's limits and the worker's slots hold, the order, a
    /// pause and the rate don't.
    ///
    /// Refused with `limitReached`, `workerIsFull`, `noCapacity`, `held`, `wrongState`, `alreadyEnded` and `notFound`.
    ///
    /// - Parameters:
    ///   - job: One that is ready.
    ///   - worker: A name; the worker need not be registered.
    ///   - lease: The lease's length; nil for the job's own.
    ///   - context: Who asks.
    @discardableResult
    public func start(
        _ job: JobID,
        on worker: Name,
        lease: TimeSpan? = nil,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[Lease]> {
        try await submit(.start(job, worker: worker, lease: lease), by: context).leases()
    }

    /// Extends a lease by its whole length, and tells the worker what it should know.
    ///
    /// Nothing is written, progress apart: a heartbeat costs no disk. Refused with `leaseLost` when the job was given to
    /// somebody else, has ended, or was cancelled by force.
    @discardableResult
    public func heartbeat(
        _ lease: LeaseToken,
        progress: JobProgress? = nil,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<HeartbeatReply> {
        try await submit(.heartbeat(lease, progress), by: context).heartbeat()
    }

    /// Ends a running job as succeeded, with what it made.
    ///
    /// Refused with `leaseLost` for a token whose lease has ended, `notRunning` for a job that nobody works on, and
    /// `payloadTooLarge`.
    @discardableResult
    public func complete(
        _ holder: Holder,
        result: Payload = Payload(),
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.complete(holder, result: result), by: context).done()
    }

    /// Completes several jobs, independently of each other: an outcome each in their order, nil for success.
    @discardableResult
    public func complete(
        _ completions: [Completion],
        by context: CommandContext
    ) async throws(EngineError) -> Committed<[Refusal?]> {
        try await submit(.completeMany(completions), by: context).outcomes()
    }

    /// Ends the attempt: the job is tried again after its backoff, or after the failure's own delay, or is dead.
    ///
    /// Refused with `leaseLost` and `notRunning`.
    @discardableResult
    public func fail(
        _ holder: Holder,
        _ failure: Failure,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.fail(holder, failure), by: context).done()
    }

    /// Gives a job back for some time; the attempt isn't counted.
    ///
    /// Refused with `leaseLost`, `notRunning`, and `invalid` for a time that isn't positive.
    @discardableResult
    public func snooze(
        _ holder: Holder,
        for span: TimeSpan,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.snooze(holder, for: span), by: context).done()
    }

    /// Gives a job back at once, as a worker does that stops; the attempt isn't counted.
    ///
    /// Refused with `leaseLost` and `notRunning`.
    @discardableResult
    public func release(
        _ holder: Holder,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.release(holder), by: context).done()
    }
}
