import Testing
import WaybillJSON

@testable import WaybillServer

/// The contract as a whole: what it refers to is there, and nothing stands twice.
struct ContractTests {
    @Test func `every operation has its own name, and every shape that is named is there`() async throws {
        try await TestServer.run { server in
            let contracts = server.endpoints.map { $0.contract }
            let ids = contracts.map { $0.id }
            #expect(Set(ids).count == ids.count)
            let names = Schemas.all.map { $0.0 }
            #expect(Set(names).count == names.count)
            var schemas = Schemas.all.map { $0.1 }
            for contract in contracts {
                schemas += contract.answers.compactMap { $0.schema }
                if let body = contract.body { schemas.append(body.schema) }
            }
            for name in schemas.flatMap(named) { #expect(names.contains(name), "\(name)") }
        }
    }

    @Test func `every operation says what it answers, and nothing twice`() async throws {
        try await TestServer.run { server in
            for endpoint in server.endpoints {
                let statuses = endpoint.contract.answers.map { $0.status }
                #expect(Set(statuses).count == statuses.count, "\(endpoint.path)")
                #expect(statuses.contains { $0 < 400 }, "\(endpoint.path)")
                #expect(!endpoint.contract.summary.isEmpty)
            }
        }
    }

    private func named(_ schema: Schema) -> [String] {
        switch schema {
        case .named(let name): [name]
        case .list(let item, _, _, _): named(item)
        case .dictionary(let item), .optional(let item): named(item)
        case .oneOf(let schemas): schemas.flatMap(named)
        case .object(let properties, _): properties.flatMap { named($0.schema) }
        default: []
        }
    }
}
