import Foundation
import NIOHTTP1
import Testing
import WaybillJSON

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

extension TestServer {
    /// Sends a request that is to be answered with this status, and holds both against the contract: the answer must
    /// have a shape that it names, and what was taken must be what it says is taken.
    @discardableResult
    func ask(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        _ headers: [String: String] = [:],
        is status: Int = 200,
        source: SourceLocation = #_sourceLocation
    ) async throws -> TestAnswer {
        let answer = try await send(method, path, body.map { Array($0.utf8) }, headers)
        let what = "\(method) \(path) answered \(answer.status): \(answer.text)"
        #expect(answer.status == status, "\(what)", sourceLocation: source)
        let endpoint = try #require(Self.endpoint(method, path), sourceLocation: source)
        let faults = try Self.faults(of: answer, endpoint.contract)
        #expect(faults.isEmpty, "\(faults) in \(what)", sourceLocation: source)
        if answer.status < 300, let body, let schema = endpoint.contract.body?.schema {
            let faults = SchemaCheck.faults(try JSONValue.parse(Array(body.utf8)[...]), schema)
            #expect(faults.isEmpty, "\(faults) in the body of \(what)", sourceLocation: source)
        }
        return answer
    }

    private static func faults(of answer: TestAnswer, _ contract: APIOperation) throws -> [String] {
        let type = answer.headers.first(name: "Content-Type")
        let promised = contract.answers.first { $0.status == answer.status }
        guard answer.status < 400 else {
            guard type == "application/problem+json" else { return ["\(type ?? "no type") for a problem"] }
            return SchemaCheck.faults(try JSONValue.parse(answer.body[...]), .named("Problem"))
        }
        guard let promised else { return ["\(answer.status) is not in the contract"] }
        guard let schema = promised.schema else {
            return promised.contentType != "application/json" || answer.body.isEmpty ? [] : ["a body"]
        }
        guard type == promised.contentType else {
            return ["\(type ?? "no type") for \(promised.contentType)"]
        }
        return SchemaCheck.faults(try JSONValue.parse(answer.body[...]), schema)
    }

    /// The endpoint that the router finds: names that stand as they are before those that stand for anything.
    private static func endpoint(_ method: HTTPMethod, _ path: String) -> EngineEndpoint? {
        let parts = path.prefix { $0 != "?" }.split(separator: "/")
        return description.endpoints.filter { endpoint in
            let names = endpoint.path.split(separator: "/")
            return "\(endpoint.method)" == method.rawValue && names.count == parts.count
                && zip(names, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        .min { $0.path.filter { $0 == "{" }.count < $1.path.filter { $0 == "{" }.count }
    }
}

/// Everything that a server offers.
let description = EngineServer.description(adding: RouteGroup.services)
