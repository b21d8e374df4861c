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
        let shift = WorkerRun(self)
        // Not a child of this task: its cancellation is an order to stop, and what was begun is still to be settled.
        let work = Task { try await shift.run() }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await work.value
            } onGracefulShutdown: {
                shift.finish()
            }
        } onCancel: {
            shift.stop()
        }
    }
}

extension JobWorker: CustomStringConvertible {
    public var description: String { "worker \(specification.name)" }
}
