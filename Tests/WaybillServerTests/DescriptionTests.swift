import Foundation
import HTTPTypes
import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// What the server says of itself.
struct DescriptionTests {
    @Test func `the document names every operation and both faces`() async throws {
        try await TestServer.run { server in
            let document = try await server.get("/openapi.json").object()
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: Any]])
            for endpoint in description.endpoints {
                #expect(
                    paths[endpoint.path]?[endpoint.method.rawValue.lowercased()] != nil,
                    "\(endpoint.path)"
                )
            }
            #expect(
                paths["/v1/jobs"] != nil && paths["/simulations/"] != nil
                    && paths["/task/{id}/complete"] != nil
            )
        }
    }

    @Test(arguments: ["/docs", "/redoc"])
    func `the page for people needs nothing from elsewhere`(path: String) async throws {
        try await TestServer.run { server in
            let page = try await server.get(path)
            #expect(page.status == 200)
            #expect(
                page.headers.first(name: "Content-Security-Policy")?.hasPrefix("default-src 'none'") == true
            )
            for word in ["<script", "http://", "https://", "src="] { #expect(!page.text.contains(word)) }
            for endpoint in description.endpoints {
                #expect(page.text.contains("id=\"\(endpoint.contract.id)\""))
            }
        }
    }

    @Test(arguments: ["/readyz", "/healthz", "/health"])
    func `a server that takes commands says so`(path: String) async throws {
        try await TestServer.run { server in
            let health = try await server.get(path)
            #expect(health.status == 200)
            let body = try health.object()
            #expect(body["status"] as? String == "healthy" && body["condition"] as? String == "serving")
        }
    }

    @Test func `one whose engine is closed says that too, and lives`() async throws {
        let engine = try await Engine.inMemory()
        try await TestServer.run(engine: engine) { server in
            try await engine.close()
            let ready = try await server.get("/readyz")
            #expect(ready.status == 503)
            let live = try await server.get("/livez")
            #expect(live.status == 200)
            let refused = try await server.post("/v1/jobs", #"{"kind": "k"}"#)
            #expect(refused.status == 503)
            #expect(refused.headers.first(name: "Retry-After") != nil)
        }
    }
}
