import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// Web pages: those of the server itself and of the list may call, others not, by whatever name.
struct OriginTests {
    private static let job = Array(#"{"kind": "k"}"#.utf8)

    @Test(arguments: [
        (["Origin": "https://evil.example"], 403),
        (["Host": "evil.example:8000", "Origin": "http://evil.example:8000"], 421),
        (["Host": "evil.example"], 421),
        (["Sec-Fetch-Site": "cross-site"], 403),
        (["Host": "localhost:1", "Origin": "http://localhost:1"], 201),
        (["Origin": "https://ops.example"], 201),
        (["Host": "[::1]:8000"], 201),
    ])
    func `who may command`(headers: [String: String], status: Int) async throws {
        try await TestServer.run(origins: ["https://ops.example"]) { server in
            let answer = try await server.send(.POST, "/v1/jobs", Self.job, headers)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test func `a page on the list is told that it may, and may read`() async throws {
        try await TestServer.run(origins: ["https://ops.example"]) { server in
            let asked = ["Origin": "https://ops.example", "Access-Control-Request-Method": "POST"]
            let preflight = try await server.send(.OPTIONS, "/v1/jobs", nil, asked)
            #expect(preflight.status == 204)
            #expect(preflight.headers.first(name: "Access-Control-Allow-Origin") == "https://ops.example")
            #expect(
                preflight.headers.first(name: "Access-Control-Allow-Headers")?.contains("Idempotency-Key")
                    == true
            )
            let read = try await server.get("/v1/jobs", ["Origin": "https://ops.example"])
            #expect(read.headers.first(name: "Access-Control-Allow-Origin") == "https://ops.example")
            #expect(read.headers.first(name: "Vary") == "Origin")
            let other = try await server.get("/v1/jobs", ["Origin": "https://evil.example"])
            #expect(other.headers.first(name: "Access-Control-Allow-Origin") == nil)
        }
    }
}
