import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

/// What became of a lease, and of its job.
struct LeaseOutcome: Encodable {
    let token: String?
    let job: UInt64?
    let outcome: String
    /// The job's state afterwards: a job that was told to stop is cancelled, whatever its worker says.
    let state: String?
    let sequence: UInt64

    func print(json: Bool) throws {
        if json { return try Output.json(self) }
        let name = token.map { "lease \($0)" } ?? "job \(job ?? 0)"
        let rest = state.map { token == nil ? "; it is \($0)" : "; job \(job ?? 0) is \($0)" } ?? ""
        Output.line("\(name): \(outcome)\(rest)")
    }
}

extension Engine {
    /// Does something to a running job, and looks what has become of it.
    func settle(
        _ holder: Holder,
        _ outcome: String,
        _ act: () async throws -> Committed<Void>
    ) async throws -> LeaseOutcome {
        let job = try await inspect { state in
            switch holder {
            case .job(let job): job
            case .lease(let token): state.holder(of: token)?.id
            }
        }.value
        let committed = try await act()
        let state = try await inspect { state in
            job.flatMap { state[$0]?.state ?? state.outcome(of: $0)?.state }
        }.value
        var token: String?
        if case .lease(let lease) = holder { token = lease.description }
        return LeaseOutcome(
            token: token,
            job: job?.rawValue,
            outcome: outcome,
            state: state?.name,
            sequence: committed.sequence
        )
    }
}
