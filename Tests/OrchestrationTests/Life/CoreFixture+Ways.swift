import Orchestration

/// The ways to the states that a test begins in.
extension CoreFixture {
    var actor: CommandContext { CommandContext(actor: "tester") }

    mutating func dead(_ specification: JobSpecification = JobSpecification(kind: "a")) throws -> JobID {
        let job = try create(specification)
        try run(.start(job, worker: "undertaker", lease: nil))
        try run(.fail(.job(job), Failure(type: "fatal", isRetryable: false)))
        return job
    }

    mutating func succeeded(_ specification: JobSpecification = JobSpecification(kind: "a")) throws -> JobID {
        let job = try create(specification)
        try run(.start(job, worker: "finisher", lease: nil))
        try run(.complete(.job(job), result: Payload()))
        return job
    }

    mutating func redrive(_ job: JobID, patch: Payload? = nil, approves: Bool = false) throws {
        guard let revival = recall(job) else { throw Surprise.answer }
        try run(.redrive(Redrive([revival], patch: patch, approves: approves)))
    }

    mutating func redriveRefusal(_ job: JobID, patch: Payload? = nil) throws -> Refusal? {
        guard let revival = recall(job) else { throw Surprise.answer }
        return refusal(.redrive(Redrive([revival], patch: patch)))
    }

    /// The context of a command that comes with a key.
    func keyed(_ key: Name, by actor: Name = "tester") -> CommandContext {
        CommandContext(actor: actor, idempotencyKey: key)
    }

    func state(of job: JobID) -> JobState? {
        state[job]?.state ?? state.outcome(of: job)?.state
    }
}
