import Orchestration
import Synchronization

/// One lease in the hands of a worker: what its closure, the heartbeats and the report know of it together.
final class RunningJob: Sendable {
    /// What the worker was told of the lease, and does about it.
    struct Standing {
        /// When the engine ends the lease, on the engine's clock.
        var deadline: Timestamp
        /// When it does, on the worker's clock, which starts counting a little later.
        var expiry: Duration
        var nextHeartbeat: Duration
        var isCancelRequested = false
        var isDraining = false
        /// The worker stops: what isn't done is given back.
        var isStopped = false
        /// The lease is somebody else's, or nobody's: nothing that is made under it counts.
        var isLost = false
        /// The outcome is on its way, and will learn by itself what became of the lease.
        var isReporting = false
        var task: Task<AttemptOutcome, Never>?
    }

    let lease: Lease
    private let length: Duration
    private let shared: Mutex<Standing>

    init(_ lease: Lease, at now: Duration) {
        self.lease = lease
        length = Duration(lease.specification.timeouts.lease)
        shared = Mutex(
            Standing(deadline: lease.deadline, expiry: now + length, nextHeartbeat: now + length / 3)
        )
    }

    var standing: Standing { shared.withLock { $0 } }

    /// Runs the closure in a task that an order to stop cancels; interrupted at once after such an order.
    func perform(_ body: @escaping @Sendable @concurrent () async -> AttemptOutcome) async -> AttemptOutcome {
        let task = shared.withLock { standing -> Task<AttemptOutcome, Never>? in
            if standing.isStopped || standing.isLost { return nil }
            let task = Task { await body() }
            standing.task = task
            return task
        }
        return await task?.value ?? .interrupted
    }

    /// Nil once the lease is lost: there is nothing to keep alive.
    var nextHeartbeat: Duration? { shared.withLock { $0.isLost ? nil : $0.nextHeartbeat } }

    /// Whether a heartbeat sent now, with those of other jobs, saves one later.
    func isDue(at now: Duration) -> Bool {
        shared.withLock { !$0.isLost && $0.nextHeartbeat <= now + length / 12 }
    }

    func update(by reply: HeartbeatReply, at now: Duration) {
        let task = shared.withLock { standing in
            standing.deadline = max(standing.deadline, reply.deadline)
            if !reply.isCancelRequested { standing.expiry = now + length }
            standing.nextHeartbeat = now + length / 3
            standing.isDraining = standing.isDraining || reply.isDraining
            standing.isCancelRequested = standing.isCancelRequested || reply.isCancelRequested
            return standing.isCancelRequested ? standing.task : nil
        }
        task?.cancel()
    }

    /// The engine had no room for the heartbeat.
    func postponeHeartbeat(at now: Duration) {
        shared.withLock { $0.nextHeartbeat = now + length / 12 }
    }

    /// False when that is known, or is about to be.
    func lose() -> Bool {
        let (isNews, task) = shared.withLock { standing in
            // Whoever reports will be told; until then no more heartbeats are due.
            if standing.isReporting { standing.nextHeartbeat += length }
            defer { standing.isLost = standing.isLost || !standing.isReporting }
            return (!standing.isLost && !standing.isReporting, standing.task)
        }
        if isNews { task?.cancel() }
        return isNews
    }

    func drain() {
        shared.withLock { $0.isDraining = true }
    }

    func stop() {
        let task = shared.withLock { standing in
            standing.isStopped = true
            standing.isDraining = true
            return standing.task
        }
        task?.cancel()
    }

    func beginReport() {
        shared.withLock { $0.isReporting = true }
    }
}
