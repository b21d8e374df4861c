import Orchestration
import Waybill
import WaybillHTTP

/// The machines at one moment; each one's number is its place in the order of registration, from 1.
///
/// Machines are never removed, so the numbers stay.
struct MachineDirectory: Sendable {
    let machines: [Machine]

    init(_ machines: [Machine]) {
        self.machines = machines
    }

    init(_ engine: Engine) async throws {
        self.init(try await engine.inspect { $0.machineList }.value)
    }

    subscript(number: UInt64) -> Machine? {
        number >= 1 && number <= UInt64(machines.count) ? machines[Int(number - 1)] : nil
    }

    func number(of name: Name) -> UInt64? {
        machines.firstIndex { $0.specification.name == name }.map { UInt64($0 + 1) }
    }

    /// The machine that a client names.
    func machine(_ number: UInt64) throws(Problem) -> Machine {
        guard let machine = self[number] else { throw .notFound("Machine not found") }
        return machine
    }
}
