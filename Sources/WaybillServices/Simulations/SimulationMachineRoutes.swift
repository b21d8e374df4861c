import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON
import WaybillServer

/// The simulation service's machines.
enum SimulationMachineRoutes {
    static let endpoints: [EngineEndpoint] = [list, create, show, setStatus]

    private static let tag = "Machines (simulations)"

    private static let list = EngineEndpoint(
        .get,
        "/machines/",
        APIOperation(tag, "listSimulationMachines", "List all machines, or a part of them")
            .query(
                .init("skip", .integer(0...Int64(SimulationListing.mostSkipped)), "How many to pass over; 0"),
                .init(
                    "limit",
                    .integer(1...Int64(SimulationListing.mostListed)),
                    "How many at most; all where nothing is said"
                )
            )
            .answers(.init(200, "In the order of their registration", .list(.named("SimulationMachine"))))
    ) { call in
        let skip = try call.query.integer("skip", in: 0...SimulationListing.mostSkipped) ?? 0
        let limit = try call.query.integer("limit", in: 1...SimulationListing.mostListed) ?? .max
        let roll = try await MachineDirectory(call.engine)
        let leases = Dictionary(
            await call.engine.machines.all().map { ($0.name, $0.leases) },
            uniquingKeysWith: { first, _ in first }
        )
        let machines = roll.machines.enumerated().dropFirst(skip).prefix(limit).map { place, machine in
            let (specification, leases) = (machine.specification, leases[machine.specification.name] ?? 0)
            let status = SimulationMachine.Status(machine.status, leases: leases)
            return SimulationMachine(UInt64(place + 1), specification, status)
        }
        return .json(machines)
    }

    private static let show = EngineEndpoint(
        .get,
        "/machines/{id}",
        APIOperation(tag, "getSimulationMachine", "Show a machine").answers(
            .init(200, "The machine", .named("SimulationMachine"))
        )
    ) { call in
        let number = try call.number("id")
        let machine = try await MachineDirectory(call.engine).machine(number)
        return .json(await SimulationMachine(number, machine, call.engine))
    }

    private static let create = EngineEndpoint(
        .post,
        "/machines/",
        APIOperation(
            tag,
            "createSimulationMachine",
            "Register a machine",
            "Its figures are shown as they were given; how much runs on it isn't bounded by them."
        )
        .body(.named("NewSimulationMachine")).naming(["attributes.cpu": "cpu", "attributes.gpu": "gpu"])
        .answers(.init(201, "The machine, as it was registered", .named("SimulationMachine")))
    ) { call in
        var fields = try call.fields()
        let registration = try MachineRegistration(&fields)
        let request = call.asking("createSimulationMachine", registration.text)
        let (number, sequence) = try await registration.submit(call.engine, request, call.expectedVersion)
        let machine = SimulationMachine(number, registration.machine, registration.status)
        return Reply.json(machine, status: .created, sequence: sequence)
            .with(.location, "/machines/\(number)")
    }

    private static let setStatus = EngineEndpoint(
        .patch,
        "/machines/{id}/status",
        APIOperation(
            tag,
            "setSimulationMachineStatus",
            "Say whether a machine takes simulations",
            "One that is said to be busy or in maintenance takes none; what runs on it goes on. One that is said to be "
                + "available is shown as busy while something runs on it."
        )
        .body(.named("SimulationMachineStatus"))
        .answers(.init(200, "The machine, as it is then", .named("SimulationMachine")))
    ) { call in
        let number = try call.number("id")
        var fields = try call.fields()
        try fields.check(["id", "machine_id"], against: number)
        let status = try fields.choice("status", SimulationMachine.Status.allCases, \.rawValue)
        guard let status else { throw fields.problem("status", "is missing") }
        let name = try await MachineDirectory(call.engine).machine(number).specification.name
        let set = try await call.engine.setStatus(status.stored, ofMachine: name, by: call.context)
        guard await call.engine.machines.caughtUp(to: set.sequence) else { throw Problem.behind }
        let machine = try await MachineDirectory(call.engine).machine(number)
        let shown = await SimulationMachine(number, machine, call.engine)
        return .json(shown, sequence: set.sequence)
    }
}
