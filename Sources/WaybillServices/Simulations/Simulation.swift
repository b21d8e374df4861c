import Waybill
import WaybillJSON

/// A simulation as its service shows it.
struct Simulation: Sendable {
    var id: JobID
    var name: String
    var state: JobState
    /// The number of the machine that it is pinned to.
    var machine: UInt64?
    var createdAt: Timestamp
    /// When its status last changed.
    var updatedAt: Timestamp

    var status: SimulationStatus { SimulationStatus(state) }
}

extension Simulation: JSONObject {
    static let nameAttribute: Name = "name"

    init(_ detail: JobDetail, _ roll: MachineDirectory) {
        id = detail.id
        name = detail.specification.attributes[Self.nameAttribute] ?? ""
        state = detail.state
        machine = detail.specification.requirements.machine.flatMap { roll.number(of: $0) }
        createdAt = detail.createdAt
        updatedAt = detail.changedAt
    }

    func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.field("name", name)
        json.field("status", status.rawValue)
        json.orNull("machine_id", machine)
        json.field("created_at", createdAt)
        json.field("updated_at", updatedAt)
        json.orNull("outcome", SimulationOutcome(state)?.rawValue)
    }
}

/// A simulation with the machine that it is to run on.
struct DetailedSimulation: JSONObject {
    let simulation: Simulation
    var machine: SimulationMachine?

    func write(to json: inout JSONWriter) {
        simulation.write(to: &json)
        json.orNull("machine", machine)
    }
}

extension JobDetail {
    var isSimulation: Bool {
        specification.kind == SimulationRoutes.kind && specification.queue == SimulationRoutes.queue
    }
}
