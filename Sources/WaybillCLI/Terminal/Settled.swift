import Orchestration

/// What became of a lease or of a running job.
struct Settled: Encodable {
    let token: String?
    let job: UInt64?
    let outcome: String
    let sequence: UInt64

    init(_ holder: Holder, _ outcome: String, _ sequence: UInt64) {
        switch holder {
        case .lease(let token): (self.token, job) = (token.description, nil)
        case .job(let job): (token, self.job) = (nil, job.rawValue)
        }
        self.outcome = outcome
        self.sequence = sequence
    }

    func print(json: Bool) throws {
        if json { return try Output.json(self) }
        Output.line("\(token.map { "lease \($0)" } ?? "job \(job ?? 0)"): \(outcome)")
    }
}
