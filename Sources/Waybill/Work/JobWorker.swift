import Orchestration
public import ServiceLifecycle

/// A worker in the host's process: it takes jobs from an engine and runs a closure for each.
///
/// The engine's `worker(named:…)` makes one. A `ServiceGroup` runs it, or any task; close the engine after it has ended.
public struct JobWorker: Service {
    let engine: Engine
    let specification: WorkerSpecification
    let options: WorkOptions
    let handler: JobHandler

    /// Takes and runs jobs until the task is cancelled, the service is shut down gracefully, or the engine ends.
    ///
    /// After a graceful shutdown nothing more is taken, and what runs has ``WorkOptions/grace`` to end. A cancelled
    /// task, and the end of the grace, cancel the closures' tasks; a job that isn't done then is given back, and the
    /// attempt isn't counted. It returns after the last closure has: no lease is left behind, unless the engine
    /// failed. Then, and when the engine is closed or refuses the worker, it throws that ``EngineError``.
    public func run() async throws {
        let run = WorkerRun(self)
        // Not a child of this task: its cancellation is an order to stop, and what was begun is still to be reported.
        let work = Task { try await run.run() }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await work.value
            } onGracefulShutdown: {
                run.finish()
            }
        } onCancel: {
            run.stop()
        }
    }
}

extension JobWorker: CustomStringConvertible {
    public var description: String { "worker \(specification.name)" }
}

/// A worker's closure, over bytes: the typed ones are wrapped into their decoding and encoding.
struct JobHandler: Sendable {
    let body: @Sendable @concurrent (JobContext<Payload>) async throws -> Payload

    init(_ body: @escaping @Sendable @concurrent (JobContext<Payload>) async throws -> Payload) {
        self.body = body
    }

    init<Input: Decodable & Sendable, Output: Encodable & Sendable>(
        _ body: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Output
    ) {
        self.body = { job in
            try JSONPayload.encode(
                try await body(job.carrying(try JSONPayload.decode(Input.self, job.payload)))
            )
        }
    }

    init<Input: Decodable & Sendable>(
        _ body: @escaping @Sendable @concurrent (JobContext<Input>) async throws -> Void
    ) {
        self.body = { job in
            try await body(job.carrying(try JSONPayload.decode(Input.self, job.payload)))
            return Payload()
        }
    }

    @concurrent
    func outcome(of running: RunningJob, in run: WorkerRun) async -> AttemptOutcome {
        let specification = running.lease.specification
        let payload = Payload(specification.payload, contentType: specification.contentType)
        do {
            return .succeeded(try await body(JobContext(payload: payload, running: running, run: run)))
        } catch {
            return AttemptOutcome(error, running.standing)
        }
    }
}
