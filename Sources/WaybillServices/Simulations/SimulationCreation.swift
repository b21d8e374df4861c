import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Simulations that begin; the service has two paths for it, and both write the same event.
enum SimulationCreation {
    static let create = EngineEndpoint(
        .post,
        "/simulations/",
        contract("createSimulation", "Create a simulation"),
        begin
    )

    static let createAgain = EngineEndpoint(
        .post,
        "/simulations/{id}/create-bare-sql",
        contract("createSimulationBareSQL", "Create a simulation by the service's second path")
            .path("id", .text()),
        begin
    )

    private static func contract(_ id: String, _ summary: String) -> APIOperation {
        APIOperation("Simulations", id, summary, "The number in the path, where there is one, says nothing.")
            .body(.named("NewSimulation")).naming(["attributes.name": "name"])
            .answers(.init(201, "The simulation, as it began", .named("Simulation")))
    }

    @Sendable private static func begin(_ call: inout EngineCall) async throws -> Reply {
        var fields = try call.fields()
        let name = try fields.requiredText("name")
        let machine = try fields.number("machine_id")
        _ = try fields.choice("status", [SimulationStatus.pending], \.rawValue)
        let pinned = try await pin(machine, call.engine)
        let specification = specification(name, machine, pinned)
        let created = try await call.engine.create(specification, by: call.context)
        guard await call.engine.jobs.caughtUp(to: created.sequence) else { throw Problem.behind }
        guard let summary = await call.engine.jobs[created.value] else {
            throw Problem(.gone, "deleted", "the simulation that was created with this key was deleted since")
        }
        // From the creation alone, so that a repeated key gets the same answer.
        let simulation = Simulation(
            id: created.value,
            name: name,
            state: .ready,
            machine: machine,
            createdAt: summary.createdAt,
            updatedAt: summary.createdAt
        )
        return Reply.json(simulation, status: .created, sequence: created.sequence)
            .with(.location, "/simulations/\(created.value)")
    }

    private static func pin(_ machine: UInt64?, _ engine: Engine) async throws -> Name? {
        guard let machine else { return nil }
        return try await MachineDirectory(engine).machine(machine).specification.name
    }

    private static func specification(
        _ name: String,
        _ machine: UInt64?,
        _ pinned: Name?
    ) -> JobSpecification {
        JobSpecification(
            kind: SimulationRoutes.kind,
            queue: SimulationRoutes.queue,
            tags: machine.map { [SimulationListing.tag($0)] } ?? [],
            attributes: [Simulation.nameAttribute: name],
            requirements: Requirements(machine: pinned)
        )
    }
}
