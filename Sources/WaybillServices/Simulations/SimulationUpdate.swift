import HTTPTypes
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
        .body(.named("SimulationUpdate"))
        .answers(.init(200, "The simulation, as it is then", .named("Simulation")))
    ) { call in
        try call.query.finish()
        let job = try call.job()
        var fields = try call.fields()
        let wish = try SimulationPatch(&fields)
        try fields.finish()
        let (engine, context) = (call.engine, call.context)
        return try await call.turns.take("simulation \(job)") {
            try await revise(job, wish, engine, context)
        }
    }

    private static func revise(
        _ job: JobID,
        _ wish: SimulationPatch,
        _ engine: Engine,
        _ context: CommandContext
    ) async throws -> Reply {
        let roll = try await MachineDirectory(engine)
        let detail = try await engine.simulation(job)
        if try await engine.remembers(context) {
            try await SimulationRepetition(detail, wish, roll, context).check(engine)
            return try await shown(job, roll, engine)
        }
        try detail.check(context)
        let plan = try SimulationPlan(detail, wish, roll)
        guard !plan.steps.isEmpty else { return try await shown(job, roll, engine) }
        if let refusal = try await plan.refusal(engine, roll, context) { throw Problem(refusal) }
        let sequence = try await engine.submitAll(plan.requests(context))
        return try await shown(job, roll, engine, sequence)
    }

    private static func shown(
        _ job: JobID,
        _ roll: MachineDirectory,
        _ engine: Engine,
        _ sequence: UInt64? = nil
    ) async throws -> Reply {
        let detail = try await engine.simulation(job)
        return Reply.json(Simulation(detail, roll).json, sequence: sequence).with(.eTag, detail.entityTag)
    }
}
