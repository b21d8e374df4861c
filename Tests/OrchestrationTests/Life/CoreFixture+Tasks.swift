import Orchestration

/// The ways of a job with tasks.
extension CoreFixture {
    /// The parent first.
    mutating func family(_ count: Int, _ rule: ParentFailureRule = .fail) throws -> [JobID] {
        let parent = JobSpecification(kind: "album", onTaskFailure: rule)
        let task = JobSpecification(kind: "image", retry: RetryPolicy(maxAttempts: 1))
        return try family(parent, [JobSpecification](repeating: task, count: count))
    }

    mutating func family(_ parent: JobSpecification, _ tasks: [JobSpecification]) throws -> [JobID] {
        guard case .createdMany(let jobs, _) = try run(.createWithTasks(parent, tasks: tasks)) else {
            throw Surprise.answer
        }
        return jobs
    }

    mutating func succeed(_ task: JobID) throws {
        try run(.start(task, worker: "painter", lease: nil))
        try run(.complete(.job(task), result: Payload()))
    }

    mutating func kill(_ task: JobID) throws {
        try run(.start(task, worker: "painter", lease: nil))
        try run(.fail(.job(task), Failure(type: "io")))
    }
}
