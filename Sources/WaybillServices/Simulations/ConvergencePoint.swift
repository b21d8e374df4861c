import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A point of a simulation's convergence curve, as its service shows it.
struct ConvergencePoint: Sendable, JSONObject {
    var simulation: JobID
    var point: CurvePoint

    init(_ simulation: JobID, _ point: CurvePoint) {
        self.simulation = simulation
        self.point = point
    }

    /// Points that follow each other in the curve, the first of them behind `index` others.
    static func list(_ simulation: JobID, _ points: [Point], from index: Int) -> [ConvergencePoint] {
        points.enumerated().map { offset, point in
            ConvergencePoint(simulation, CurvePoint(id: index + offset + 1, point: point))
        }
    }

    func write(to json: inout JSONWriter) {
        json.field("id", point.id)
        json.field("simulation_id", simulation)
        json.field("timestamp", point.point.time)
        json.curveValue("loss_value", point.point.value)
    }
}

/// The shapes of convergence curves.
enum ConvergenceSchemas {
    static let all: [NamedSchema] = [
        ("LossValue", loss),
        ("ConvergencePoint", .object(point)),
        ("ConvergenceGraph", .object(graph)),
        (
            "NewConvergencePoint",
            .object([.required("simulation_id", .natural(from: 1))] + measured, isOpen: true)
        ),
        ("NewConvergenceLoss", .object(measured, isOpen: true)),
    ]

    private static let loss = Schema.curveValue

    private static let point: [Schema.Property] = [
        .required("id", .natural(from: 1), "Its place in the curve, from 1"),
        .required("simulation_id", .natural(from: 1)),
        .required("timestamp", .dateTime),
        .required("loss_value", .named("LossValue")),
    ]

    private static let graph: [Schema.Property] = [
        .required("simulation_id", .natural(from: 1)),
        .required("status", .choice(SimulationStatus.names)),
        .required("is_complete", .flag, "Whether the simulation is finished: no point follows"),
        .required("data", .list(.named("ConvergencePoint"))),
    ]

    private static let measured: [Schema.Property] = [
        .required("loss_value", .named("LossValue")),
        .optional("timestamp", .optional(.givenTime), "When it was measured; now where nothing is said"),
    ]
}
