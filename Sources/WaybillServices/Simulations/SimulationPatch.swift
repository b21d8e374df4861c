import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// What a client wants a simulation to be; nil leaves a thing as it is.
struct SimulationPatch: Sendable {
    enum Machine: Sendable {
        case any
        case number(UInt64)
    }

    private let name: String?
    private let status: SimulationStatus?
    private let machine: Machine?

    init(_ fields: inout JSONFields) throws(FieldProblem) {
        name = fields.holds("name") ? try fields.requiredText("name") : try fields.text("name")
        status = try fields.choice("status", SimulationStatus.allCases, \.rawValue)
        // Null is a word here, unlike elsewhere: the simulation may run anywhere.
        let isNamed = fields.mentions("machine_id")
        if let number = try fields.number("machine_id") {
            machine = .number(number)
        } else {
            machine = isNamed ? .any : nil
        }
    }

    /// All that it says; two that say the same have the same.
    var text: String {
        var parts: [String] = []
        switch machine {
        case .any: parts.append("machine")
        case .number(let number): parts.append("machine \(number)")
        case nil: break
        }
        if let status { parts.append("status \(status.rawValue)") }
        // The last, as a name may hold anything.
        if let name { parts.append("name \(name)") }
        return parts.joined(separator: "\n")
    }
}

extension SimulationPatch {
    /// What makes the simulation so, in order; throws what can be said against it from the simulation alone.
    func commands(_ detail: JobDetail, _ directory: MachineDirectory) throws(Problem) -> [Command] {
        let change = try change(detail.specification, directory)
        let update: [Command] = change.isEmpty ? [] : [.update(detail.id, change)]
        let start = Command.start(detail.id, worker: SimulationRoutes.worker, lease: .longest)
        let complete = Command.complete(.job(detail.id), result: Payload())
        let present = SimulationStatus(detail.state)
        switch (present, status ?? present) {
        case (.pending, .running): return update + [start]
        case (.pending, .finished): return update + [start, complete]
        case (.running, .finished): return update + [complete]
        case (_, let wanted) where wanted == present: return update
        case (_, let wanted):
            throw Problem(
                .conflict,
                "wrongState",
                "a simulation that is \(present.rawValue) can't become \(wanted.rawValue)"
            )
        }
    }

    /// What differs of name and machine.
    private func change(
        _ specification: JobSpecification,
        _ directory: MachineDirectory
    ) throws(Problem) -> JobChange {
        var change = JobChange()
        if let name, specification.attributes[Simulation.nameAttribute].map({ Name($0) }) != Name(name) {
            change.attributes = specification.attributes
            change.attributes?[Simulation.nameAttribute] = name
        }
        guard let machine else { return change }
        var requirements = specification.requirements
        let old = requirements.machine.flatMap { directory.number(of: $0) }.map { SimulationListing.tag($0) }
        var tags = specification.tags.filter { $0 != old }
        switch machine {
        case .any: requirements.machine = nil
        case .number(let number):
            requirements.machine = try directory.machine(number).specification.name
            // By which the simulation is found under its machine.
            tags.append(SimulationListing.tag(number))
        }
        guard requirements != specification.requirements else { return change }
        change.requirements = requirements
        change.tags = tags
        return change
    }
}
