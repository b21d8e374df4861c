import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// Points that are added to a curve; the service has two paths for it, and both write the same event.
enum ConvergenceAddition {
    static let endpoints = [add, addAgain]

    private static let add = EngineEndpoint(
        .post,
        "/convergence/data",
        contract("addConvergenceData", "Add a point to a simulation's curve")
            .body(.named("NewConvergencePoint"))
    ) { call in
        var fields = try call.fields()
        let simulation = JobID(try fields.requiredNumber("simulation_id"))
        return try await append(to: simulation, &fields, call)
    }

    private static let addAgain = EngineEndpoint(
        .post,
        "/convergence/{simulation_id}/add-bare-sql",
        contract("addConvergenceDataBareSQL", "Add a point by the service's second path")
            .body(.named("NewConvergenceLoss"))
    ) { call in
        let simulation = try call.job("simulation_id")
        var fields = try call.fields()
        try fields.check(["simulation_id"], against: simulation)
        return try await append(to: simulation, &fields, call)
    }

    private static func contract(_ id: String, _ summary: String) -> APIOperation {
        APIOperation(
            "Convergence",
            id,
            summary,
            "Points are counted in the order in which they arrive, whatever their timestamps are. A running simulation "
                + "is alive by them. A finished one takes none."
        )
        .answers(.init(201, "The point", .named("ConvergencePoint")))
    }

    private static func append(
        to simulation: JobID,
        _ fields: inout JSONFields,
        _ call: EngineCall
    ) async throws -> Reply {
        let loss = try fields.curveValue("loss_value")
        let time = try fields.zonelessTimestamp("timestamp")
        let arrival = ConvergenceArrival(simulation: simulation, loss: loss, time: time)
        let request = call.asking("addConvergenceData", "\(simulation)", arrival.text)
        let (point, sequence) = try await arrival.submit(call.engine, request, call.expectedVersion)
        return .json(point, status: .created, sequence: sequence)
    }
}
