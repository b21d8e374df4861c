import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

extension LeaseOutcome {
    func print(json: Bool) {
        if json { return Output.json(self) }
        let number = job?.description ?? "0"
        let name = token.map { "lease \($0)" } ?? "job \(number)"
        let rest = state.map { token == nil ? "; it is \($0.name)" : "; job \(number) is \($0.name)" } ?? ""
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
        var token: LeaseToken?
        if case .lease(let lease) = holder { token = lease }
        return LeaseOutcome(
            token: token,
            job: job,
            outcome: outcome,
            state: state,
            sequence: committed.sequence
        )
    }
}
