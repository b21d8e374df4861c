public import Orchestration

/// Workers in the host's process.
///
/// A closure runs on the cooperative pool, in a task of its own; it must not block a thread. What it returns is the
/// job's result. It throws ``JobFailure`` to say how it failed, ``Snooze`` to have the job later, and any other error to
/// be tried again. Payloads are JSON, dates as RFC 3339. One that can't be decoded fails the attempt, retryably: another
/// worker, or the next deployment, may know the type; out of attempts, the job waits for a redrive, and says what was found.
extension Engine {
    /// A worker with a closure from a decoded payload to a result.
    ///
    /// - Parameters:
    ///   - name: Two workers of one name share its slots; give each its own.
    ///   - kind: The kind whose payloads are of the type: it takes no other.
    ///   - queues: The queues that it serves; empty for all.
    ///   - slots: Jobs at once, 1…10,000.
    ///   - options: How it takes, beats and stops.
    ///   - input: What a payload is decoded to.
    ///   - run: Gets a job and returns its result.
    public func worker<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        named name: Name,
        kind: Name,
        queues: [Name] = [],
        slots: Int = 1,
        options: WorkOptions = WorkOptions(),
        as input: Input.Type,
        run: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Output
    ) -> JobWorker {
        worker(name, queues, [kind], slots, options, JobHandler(run))
    }

    /// A worker whose closure makes no result.
    public func worker<Input: Decodable & Sendable>(
        named name: Name,
        kind: Name,
        queues: [Name] = [],
        slots: Int = 1,
        options: WorkOptions = WorkOptions(),
        as input: Input.Type,
        run: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Void
    ) -> JobWorker {
        worker(name, queues, [kind], slots, options, JobHandler(run))
    }

    /// A worker that reads and writes bytes of any content type, of the kinds that it names or, with none, of all.
    public func worker(
        named name: Name,
        queues: [Name] = [],
        kinds: [Name] = [],
        slots: Int = 1,
        options: WorkOptions = WorkOptions(),
        run: @escaping @Sendable @concurrent (JobContext<Payload>) async throws -> Payload
    ) -> JobWorker {
        worker(name, queues, kinds, slots, options, JobHandler(run))
    }

    /// Works through the jobs of a kind in a queue until the task is cancelled or the service shut down; ``JobWorker/run()`` says the rest.
    ///
    /// The worker is named after the queue.
    public func work<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        queue: Name,
        kind: Name,
        slots: Int = 1,
        options: WorkOptions = WorkOptions(),
        as input: Input.Type,
        run: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Output
    ) async throws {
        try await worker(queue, [queue], [kind], slots, options, JobHandler(run)).run()
    }

    /// The same with a closure that makes no result.
    public func work<Input: Decodable & Sendable>(
        queue: Name,
        kind: Name,
        slots: Int = 1,
        options: WorkOptions = WorkOptions(),
        as input: Input.Type,
        run: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Void
    ) async throws {
        try await worker(queue, [queue], [kind], slots, options, JobHandler(run)).run()
    }

    private func worker(
        _ name: Name,
        _ queues: [Name],
        _ kinds: [Name],
        _ slots: Int,
        _ options: WorkOptions,
        _ handler: JobHandler
    ) -> JobWorker {
        precondition((1...10_000).contains(slots), "a worker has 1…10,000 slots")
        let specification = WorkerSpecification(
            name: name,
            slots: UInt32(slots),
            queues: queues,
            kinds: kinds,
            labels: options.labels
        )
        return JobWorker(engine: self, specification: specification, options: options, handler: handler)
    }
}
