public import Orchestration

/// The commands of operators on workers, queues and machines; they throw as the commands on jobs do.
extension Engine {
    /// Registers a worker with its slots, or changes what is known of the one with this name; it drains no more.
    ///
    /// Refused with `invalid` for a worker without slots.
    @discardableResult
    public func register(
        _ worker: WorkerSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.registerWorker(worker), by: context).done()
    }

    /// Gives a worker nothing more, and tells it so at its heartbeats.
    ///
    /// Refused with `workerNotFound`.
    @discardableResult
    public func drain(
        worker name: Name,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.drainWorker(name: name), by: context).done()
    }

    /// Sets all that is configured of a queue, which need not be there yet.
    ///
    /// Refused with `invalid` for a limit of 0 and for times that aren't positive.
    @discardableResult
    public func configure(
        _ queue: QueueSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.configureQueue(queue), by: context).done()
    }

    /// Pauses, drains or opens a queue; what runs goes on.
    ///
    /// Refused with `queueUnknown`.
    @discardableResult
    public func setStatus(
        _ status: QueueStatus,
        ofQueue name: Name,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.setQueueStatus(name: name, status), by: context).done()
    }

    /// Registers a machine, or changes what is known of the one with this name.
    ///
    /// Refused with `invalid` for less capacity than is leased.
    @discardableResult
    public func register(
        _ machine: MachineSpecification,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.registerMachine(machine), by: context).done()
    }

    /// Says whether a machine takes new jobs; what runs on it goes on.
    ///
    /// Refused with `machineNotFound`.
    @discardableResult
    public func setStatus(
        _ status: MachineStatus,
        ofMachine name: Name,
        by context: CommandContext
    ) async throws(EngineError) -> Committed<Void> {
        try await submit(.setMachineStatus(name: name, status), by: context).done()
    }
}
