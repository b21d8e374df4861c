import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// A machine as the simulation service shows it.
struct SimulationMachine: Sendable {
    /// What its clients say of a machine, and are told.
    enum Status: String, CaseIterable {
        case available, busy, maintenance

        static let names = allCases.map(\.rawValue)

        /// What is stored: a machine that is said to be busy takes nothing, as a cordoned one.
        var stored: MachineStatus {
            switch self {
            case .available: .available
            case .busy: .cordoned
            case .maintenance: .maintenance
            }
        }

        /// Busy is what is said to be so, and what has live leases.
        init(_ stored: MachineStatus, leases: Int) {
            switch stored {
            case .maintenance: self = .maintenance
            case .cordoned: self = .busy
            case .available: self = leases > 0 ? .busy : .available
            }
        }
    }

    static let cpuAttribute: Name = "cpu"
    static let gpuAttribute: Name = "gpu"
    static let memoryAttribute: Name = "memory"
    /// Gigabytes that a machine may be said to have.
    static let memories = 0.0...1e9

    var number: UInt64
    var name: Name
    var cpu: String
    var gpu: String
    var memory: Double
    var status: Status
}

extension SimulationMachine: JSONObject {
    /// Of a machine that was registered otherwise, what can be told.
    init(_ number: UInt64, _ specification: MachineSpecification, _ status: Status) {
        self.number = number
        self.status = status
        name = specification.name
        cpu = specification.attributes[Self.cpuAttribute] ?? ""
        gpu = specification.attributes[Self.gpuAttribute] ?? specification.gpuModel.text
        let said = specification.attributes[Self.memoryAttribute].flatMap { Double($0) }
        let figure = said ?? Double(specification.memoryMegabytes) / 1024
        memory = Self.memories.contains(figure) ? figure : 0
    }

    init(_ number: UInt64, _ machine: Machine, _ engine: Engine) async {
        let leases = await engine.machines[machine.specification.name]?.leases ?? 0
        self.init(number, machine.specification, Status(machine.status, leases: leases))
    }

    func write(to json: inout JSONWriter) {
        json.field("id", number)
        json.field("name", name)
        json.field("cpu", cpu)
        json.field("gpu", gpu)
        json.field("memory", json: Array(Self.text(memory).utf8))
        json.field("status", status.rawValue)
    }

    /// Whole numbers without a fraction, as clients that count in gigabytes expect.
    static func text(_ memory: Double) -> String {
        memory == memory.rounded() ? String(Int64(memory)) : "\(memory)"
    }
}

/// The shapes of the simulation service's machines.
enum SimulationMachineSchemas {
    static let all: [NamedSchema] = [
        ("SimulationMachine", .object(machine)),
        ("NewSimulationMachine", creation),
        ("SimulationMachineStatus", status),
    ]

    private static let machine: [Schema.Property] = [
        .required("id", .natural(from: 1), "Its place in the order of registration"),
        .required("name", .text(isEmptyAllowed: false)),
        .required("cpu", .text()),
        .required("gpu", .text()),
        .required("memory", .number(SimulationMachine.memories), "Gigabytes"),
        .required("status", .choice(SimulationMachine.Status.names), "Busy also while simulations run on it"),
    ]

    private static let creation = Schema.object(
        [
            .required("name", .text(pattern: "^[^\\u0000]{1,64}$", isEmptyAllowed: false)),
            .required("cpu", .prose),
            .required("gpu", .prose),
            .required("memory", .number(SimulationMachine.memories), "Gigabytes"),
            .optional("status", .optional(.choice(SimulationMachine.Status.names))),
        ],
        isOpen: true
    )

    private static let status = Schema.object(
        [.required("status", .choice(SimulationMachine.Status.names))],
        isOpen: true
    )
}
