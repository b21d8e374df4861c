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

extension Simulation {
    static let nameAttribute = "name"

    init(_ detail: JobDetail, _ roll: MachineDirectory) {
        id = detail.id
        name = detail.specification.attributes[Self.nameAttribute] ?? ""
        state = detail.state
        machine = detail.specification.requirements.machine.flatMap { roll.number(of: $0) }
        createdAt = detail.createdAt
        updatedAt = detail.changedAt
    }

    func write(to json: inout JSONWriter) {
        json.field("id", id.rawValue)
        json.field("name", name)
        json.field("status", status.rawValue)
        json.orNull("machine_id", machine)
        json.field("created_at", createdAt.rfc3339)
        json.field("updated_at", updatedAt.rfc3339)
        json.orNull("outcome", SimulationOutcome(state)?.rawValue)
    }

    var json: [UInt8] {
        var json = JSONWriter()
        write(to: &json)
        return json.finish()
    }
}

extension JobDetail {
    var isSimulation: Bool {
        specification.kind == SimulationRoutes.kind && specification.queue == SimulationRoutes.queue
    }

    /// What conditional requests compare.
    var entityTag: String { "\"\(version)\"" }
}
