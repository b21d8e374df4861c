public import Orchestration

/// One job in the hands of a worker's closure: what it is, and what the closure can say of it while it runs.
///
/// Heartbeats are sent for it. When somebody cancels the job, or its lease is lost, the closure's task is cancelled.
public struct JobContext<Input: Sendable>: Sendable {
    /// What the job carries, decoded.
    public let payload: Input
    let running: RunningJob
    let run: WorkerRun

    /// The job's number.
    public var id: JobID { running.lease.job }
    /// What work it is.
    public var kind: Name { running.lease.specification.kind }
    /// The queue that it was taken from.
    public var queue: Name { running.lease.specification.queue }
    /// From 1.
    public var attempt: UInt32 { running.lease.attempt }
    /// Free key/value texts of its creator.
    public var attributes: [Name: String] { running.lease.specification.attributes }
    /// Short texts that it is found by.
    public var tags: [Name] { running.lease.specification.tags }
    /// The machine that the job is charged to.
    public var machine: Name? { running.lease.machine }
    /// Grows with every lease that the engine gives: what fences this attempt off from later ones elsewhere.
    public var token: LeaseToken { running.lease.token }
    /// When the lease ends unless another heartbeat comes before.
    public var deadline: Timestamp { running.standing.deadline }
    /// Somebody cancelled the job.
    public var isCancelRequested: Bool { running.standing.isCancelRequested }
    /// The worker takes nothing more; a long job does well to come to a place where it can be carried on.
    public var isDraining: Bool { running.standing.isDraining }

    /// Records how far the job has come: `fraction` in 0…1, nil when it isn't known.
    ///
    /// Nothing is recorded, and nothing thrown, while the engine has no room for it. Throws
    /// ``EngineError/refused(_:)`` when the lease is lost or the fraction out of its range.
    public func progress(_ fraction: Double?, message: String = "") async throws(EngineError) {
        try await run.record(JobProgress(fraction: fraction, message: message), of: running)
    }

    /// Adds points to one of the job's series, in one event.
    ///
    /// Throws as ``Engine/addPoints(_:to:of:by:)`` does, and `leaseLost` once the lease is known to be lost.
    public func addPoints(_ points: [Point], to series: Name) async throws(EngineError) {
        try await run.add(points, to: series, of: running)
    }

    /// The same job with another reading of its payload.
    func carrying<Other: Sendable>(_ payload: Other) -> JobContext<Other> {
        JobContext<Other>(payload: payload, running: running, run: run)
    }
}
