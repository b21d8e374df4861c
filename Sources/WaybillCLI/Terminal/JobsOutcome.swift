/// What was done, for people and for scripts.
struct JobsOutcome: Encodable {
    let jobs: [UInt64]
    let sequence: UInt64

    func print(_ done: String, json: Bool) throws {
        if json { return try Output.json(self) }
        Output.line(
            "\(jobs.count == 1 ? "job" : "jobs") \(jobs.map(String.init).joined(separator: ", ")): \(done)"
        )
    }
}
