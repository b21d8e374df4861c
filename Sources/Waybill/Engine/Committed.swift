import Orchestration

/// An answer together with the place in the log whose state it saw.
///
/// It is durable.
public struct Committed<Value: Sendable>: Sendable {
    /// The answer.
    public let value: Value
    /// The last sequence when it was decided; a read model asked for *at least* this sees the change.
    public let sequence: UInt64
    /// For jobs that were to begin: the places in the answer, from 0, of those that were there before, because a job
    /// had the unique key and `JobSpecification/onClash` is `existing`.
    public let existing: [Int]

    /// An answer and its place.
    public init(_ value: Value, sequence: UInt64, existing: [Int] = []) {
        self.value = value
        self.sequence = sequence
        self.existing = existing
    }
}

extension Committed<JobID> {
    /// Whether the job was there before, and nothing was created.
    public var isExisting: Bool { !existing.isEmpty }
}

/// The core pairs each command with one kind of answer; another kind is a mistake in it, not of the caller.
extension Committed<CommandResult> {
    func done() -> Committed<Void> { Committed<Void>((), sequence: sequence) }

    func job() -> Committed<JobID> {
        switch value {
        case .created(let job): Committed<JobID>(job, sequence: sequence)
        case .existing(let job): Committed<JobID>(job, sequence: sequence, existing: [0])
        default: preconditionFailure("create answered \(value)")
        }
    }

    func jobs() -> Committed<[JobID]> {
        guard case .createdMany(let jobs, let existing) = value else {
            preconditionFailure("createMany answered \(value)")
        }
        return Committed<[JobID]>(jobs, sequence: sequence, existing: existing)
    }

    /// A job and its tasks.
    func family() -> Committed<(parent: JobID, tasks: [JobID])> {
        let jobs = jobs()
        let family = (parent: jobs.value[0], tasks: Array(jobs.value.dropFirst()))
        return Committed<(parent: JobID, tasks: [JobID])>(family, sequence: sequence)
    }

    func outcomes() -> Committed<[Refusal?]> {
        guard case .outcomes(let outcomes) = value else {
            preconditionFailure("completeMany answered \(value)")
        }
        return Committed<[Refusal?]>(outcomes, sequence: sequence)
    }

    func heartbeat() -> Committed<HeartbeatReply> {
        guard case .heartbeat(let reply) = value else { preconditionFailure("heartbeat answered \(value)") }
        return Committed<HeartbeatReply>(reply, sequence: sequence)
    }

    func leases() -> Committed<[Lease]> {
        guard case .leases(let leases) = value else { preconditionFailure("dispatch answered \(value)") }
        return Committed<[Lease]>(leases, sequence: sequence)
    }
}
