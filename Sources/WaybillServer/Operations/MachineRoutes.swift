import HTTPTypes
import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// Machines under `/v1/machines`.
enum MachineRoutes {
    static let endpoints: [EngineEndpoint] = [
        list, one, register,
        status("cordon", .cordoned, "Take no new jobs; what runs there goes on"),
        status("uncordon", .available, "Take jobs again"),
        status("maintenance", .maintenance, "Take no new jobs, for it is being worked on"),
    ]

    private static let list = EngineEndpoint(
        .get,
        "/v1/machines",
        APIOperation("Machines", "listMachines", "List machines, by name")
            .query(.cursor(.name), .limit).answers(
                .init(200, "The page", NamePage.schema("machines", of: .named("Machine")))
            )
    ) { call in
        let page = try NamePage(&call.query)
        try call.query.finish()
        let seen = await call.engine.machines.inspect { $0.page(after: page.cursor, limit: page.limit + 1) }
        return page.reply(seen.value, seen.sequence, \.name)
    }

    private static let one = EngineEndpoint(
        .get,
        "/v1/machines/{name}",
        APIOperation("Machines", "getMachine", "One machine").path("name", .name)
            .answers(.init(200, "The machine", .named("Machine")), .init(304, "The client has this answer"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        let seen = await call.engine.machines.inspect { $0[name] }
        guard let machine = seen.value else { throw Refusal.machineNotFound(name) }
        return Reply.json(machine, sequence: seen.sequence).taggedByContent()
    }

    private static let register = EngineEndpoint(
        .put,
        "/v1/machines/{name}",
        APIOperation("Machines", "registerMachine", "Register a machine, or change what is known of it")
            .path("name", .name).body(.named("NewMachine")).answers(.init(204, "Registered"))
    ) { call in
        try call.query.finish()
        let name = try call.name()
        var fields = try call.fields()
        let machine = try MachineSpecification(name: name, &fields)
        let context = try call.context(&fields)
        try fields.finish()
        return .empty(sequence: try await call.engine.register(machine, by: context).sequence)
    }

    private static func status(_ verb: String, _ status: MachineStatus, _ summary: String) -> EngineEndpoint {
        let contract = APIOperation("Machines", "\(verb)Machine", summary).path("name", .name)
            .body(.named("Reason"), isRequired: false).answers(.init(204, "It is \(status.name)"))
        return EngineEndpoint(.post, "/v1/machines/{name}/\(verb)", contract) { call in
            let name = try call.name()
            let context = try call.reasonedContext()
            let done = try await call.engine.setStatus(status, ofMachine: name, by: context)
            return .empty(sequence: done.sequence)
        }
    }

    static let schemas: [NamedSchema] = [
        (
            "NewMachine",
            .object([
                .required("cpuMillis", .natural(), "Thousandths of a core"),
                .maybe("memoryMegabytes", .natural()), .maybe("gpuDevices", .natural()),
                .maybe("gpuModel", .word), .maybe("labels", .names),
                .maybe("attributes", .texts), .reason,
            ])
        ),
        (
            "Machine",
            .object([
                .required("name", .name), .required("cpuMillis", .natural()),
                .required("memoryMegabytes", .natural()), .required("gpuDevices", .natural()),
                .required("gpuModel", .text()), .required("labels", .names), .required("attributes", .texts),
                .required("status", .choice(MachineStatus.allCases.map(\.name))), .required("busy", .flag),
                .required("leases", .count), .required("leasedCPUMillis", .natural()),
            ])
        ),
    ]
}
