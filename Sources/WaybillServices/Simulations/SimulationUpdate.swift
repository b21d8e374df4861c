import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Changes of a simulation: its name, its status, its machine.
enum SimulationUpdate {
    static let endpoint = EngineEndpoint(
        .put,
        "/simulations/{id}",
        APIOperation(
            "Simulations",
            "updateSimulation",
            "Change a simulation",
            "Pending simulations can be started and finished, running ones finished; the machine can be changed of "
                + "pending ones, the name of those that are not finished. What is already as it should be is no change. "
                + "All of it is done, or nothing."
        )
        .body(.named("SimulationUpdate")).naming(["attributes.name": "name"])
        .answers(.init(200, "The simulation, as it is then", .named("Simulation")))
    ) { call in
        let job = try call.job()
        var fields = try call.fields()
        try fields.check(["id", "simulation_id"], against: job)
        let patch = try SimulationPatch(&fields)
        let request = call.asking("updateSimulation", "\(job)", patch.text)
        let (engine, expected) = (call.engine, call.expectedVersion)
        while true {
            let directory = try await MachineDirectory(engine)
            let detail = try await engine.simulation(job)
            if try await engine.repeats(request) { return try await shown(job, directory, engine) }
            try detail.check(expected)
            let commands = try patch.commands(detail, directory)
            guard !commands.isEmpty else { return try await shown(job, directory, engine) }
            if let sequence = try await engine.submit(commands, seeing: detail.version, by: request) {
                return try await shown(job, directory, engine, sequence)
            }
        }
    }

    private static func shown(
        _ job: JobID,
        _ directory: MachineDirectory,
        _ engine: Engine,
        _ sequence: UInt64? = nil
    ) async throws -> Reply {
        let detail = try await engine.simulation(job)
        return Reply.json(Simulation(detail, directory), sequence: sequence).tagged(detail.version)
    }
}
