import HTTPTypes
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
            name: name,
            // What its clients say of it is text: nothing is weighed by it.
            cpuMillis: 0,
            attributes: [
                SimulationMachine.cpuAttribute: cpu, SimulationMachine.gpuAttribute: gpu,
                SimulationMachine.memoryAttribute: SimulationMachine.text(memory),
            ]
        )
    }

    /// Registers it under a name that is free; gives its number.
    ///
    /// Only one at a time may look whether the name is free.
    func submit(_ engine: Engine, _ context: CommandContext) async throws -> (
        number: UInt64, sequence: UInt64
    ) {
        let last = context.with(key: context.idempotencyKey, expecting: context.expectedVersion)
        let first = context.with(key: context.idempotencyKey.map { $0 + "#status" })
        let wasDone = try await engine.remembers(last)
        if !wasDone, try await MachineDirectory(engine).number(of: machine.name) != nil {
            throw Problem(.conflict, "duplicate", "Machine with this name already exists")
        }
        if wasDone, try await engine.remembers(first) != (status != .available) {
            throw Problem(.keyReused(context.idempotencyKey ?? ""))
        }
        var requests = [(Command.registerMachine(machine), last)]
        if status != .available {
            requests.append((.setMachineStatus(name: machine.name, status.stored), first))
        }
        let sequence = try await engine.submitAll(requests)
        guard let number = try await MachineDirectory(engine).number(of: machine.name) else {
            throw Problem.notFound("Machine not found")
        }
        return (number, sequence)
    }
}
