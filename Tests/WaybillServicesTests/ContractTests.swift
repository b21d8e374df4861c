import ServerTestSupport
import Testing
import WaybillHTTP
import WaybillServer
import WaybillServices

/// The contract as a whole: what it refers to is there, and nothing stands twice.
struct ContractTests {
    /// Both faces: `/v1` and the services.
    private let description = EngineServer.description(adding: RouteGroup.services)

    @Test func `every operation has its own name, and every shape that is named is there`() {
        let ids = description.endpoints.map(\.contract.id)
        #expect(Set(ids).count == ids.count)
        let names = description.schemas.map(\.name)
        #expect(Set(names).count == names.count)
        let schemas =
            description.schemas.map(\.schema)
            + description.endpoints.flatMap { endpoint in
                endpoint.contract.answers.compactMap(\.schema)
                    + [endpoint.contract.body?.schema].compactMap(\.self)
            }
        for name in schemas.flatMap(named) { #expect(names.contains(name), "\(name)") }
    }

    @Test func `every operation says what it answers, and nothing twice`() {
        for endpoint in description.endpoints {
            let statuses = endpoint.contract.answers.map(\.status)
            #expect(
                statuses.contains { $0 < 300 },
                "\(endpoint.path)"
            )
            #expect(
                Set(statuses).count == statuses.count,
                "\(endpoint.path)"
            )
            #expect(!endpoint.contract.summary.isEmpty)
        }
    }

    private func named(_ schema: Schema) -> [String] {
        switch schema {
        case .named(let name): [name]
        case .list(let item, _, _, _): named(item)
        case .dictionary(let item, _, _), .optional(let item), .sized(let item, _): named(item)
        case .oneOf(let schemas): schemas.flatMap(named)
        case .object(let properties, _, _): properties.flatMap { named($0.schema) }
        default: []
        }
    }
}
