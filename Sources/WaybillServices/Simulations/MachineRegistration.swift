import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A machine that a client of the simulation service registers.
struct MachineRegistration: Sendable {
    var machine: MachineSpecification
    var status: SimulationMachine.Status

    init(_ fields: inout JSONFields) throws(FieldProblem) {
        let name = try fields.requiredText("name")
        guard name.unicodeScalars.count <= 64, !name.unicodeScalars.contains("\0") else {
            throw fields.problem("name", "must have 64 characters at most, none of them NUL")
        }
        guard let cpu = try fields.text("cpu") else { throw fields.problem("cpu", "is missing") }
        guard let gpu = try fields.text("gpu") else { throw fields.problem("gpu", "is missing") }
        guard let memory = try fields.real("memory", in: SimulationMachine.memories) else {
            throw fields.problem("memory", "is missing")
        }
        let said = try fields.choice("status", SimulationMachine.Status.allCases, \.rawValue)
        status = said ?? .available
        machine = MachineSpecification(
            name: Name(name),
            // What its clients say of it is text: nothing is weighed by it.
            cpuMillis: 0,
            attributes: [
                SimulationMachine.cpuAttribute: cpu, SimulationMachine.gpuAttribute: gpu,
                SimulationMachine.memoryAttribute: SimulationMachine.text(memory),
            ]
        )
    }

    /// All that it says; two that say the same have the same.
    var text: String {
        let figures = machine.attributes.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.debugDescription)"
        }
        return ([machine.name.text.debugDescription, status.rawValue] + figures).joined(separator: "\n")
    }

    /// Registers it under a name that nobody has; gives its number.
    ///
    /// - Parameter expected: The version that the client expects, which no machine has: it is refused, and not passed over.
    func submit(_ engine: Engine, _ request: CommandContext, _ expected: UInt64?) async throws -> (
        number: UInt64, sequence: UInt64?
    ) {
        let registration = Command.registerMachine(machine, isNew: true)
        var members = [CommandGroup.Member(registration, expectedVersion: expected)]
        if status != .available {
            members.append(.init(.setMachineStatus(name: machine.name, status.stored)))
        }
        var sequence: UInt64?
        do {
            sequence = try await engine.submit(together: members, by: request).sequence
        } catch EngineError.refused(let refusal) {
            guard case .machineExists = refusal.root else { throw refusal.root }
            throw Problem(.conflict, "duplicate", "Machine with this name already exists")
        }
        guard let number = try await MachineDirectory(engine).number(of: machine.name) else {
            throw Problem.notFound("Machine not found")
        }
        return (number, sequence)
    }
}
