import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillServer

/// Simulations that are shown no more.
///
/// What isn't finished is cancelled by force first: its holder's next word is refused.
enum SimulationDeletion {
    static let endpoint = EngineEndpoint(
        .delete,
        "/simulations/{id}",
        APIOperation("Simulations", "deleteSimulation", "Delete a simulation", "Its events stay in the log.")
            .answers(.init(204, "It is gone"))
    ) { call in
        let job = try call.job()
        let request = call.asking("deleteSimulation", "\(job)")
        let (engine, expected) = (call.engine, call.expectedVersion)
        while true {
            if try await engine.repeats(request) { return .empty() }
            let detail = try await engine.simulation(job)
            try detail.check(expected)
            let prune = Command.prune([job])
            let commands = detail.state.isTerminal ? [prune] : [.cancel([job], isForced: true), prune]
            if let sequence = try await engine.submit(commands, seeing: detail.version, by: request) {
                return .empty(sequence: sequence)
            }
        }
    }
}
