import Waybill
import WaybillJSON

/// What a client wants a simulation to be; nil leaves a thing as it is.
struct SimulationPatch: Sendable {
    enum Machine: Sendable {
        case any
        case number(UInt64)
    }

    var name: String?
    var status: SimulationStatus?
    var machine: Machine?

    init(_ fields: inout JSONFields) throws(FieldProblem) {
        name = fields.holds("name") ? try fields.requiredText("name") : try fields.text("name")
        status = try fields.choice("status", SimulationStatus.allCases, \.rawValue)
        // Null is a word here, unlike elsewhere: the simulation may run anywhere.
        let isNamed = fields.mentions("machine_id")
        if let number = try fields.number("machine_id") {
            machine = .number(number)
        } else if isNamed {
            machine = .any
        }
    }
}
