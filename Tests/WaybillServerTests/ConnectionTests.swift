import NIOHTTP1
import Testing

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// What is no request, or too much of one, is answered with a problem; the server goes on.
struct ConnectionTests {
    @Test(arguments: [
        ("GARBAGE\r\n\r\n", "400"),
        ("GET  HTTP/1.1\r\nHost: localhost\r\n\r\n", "400"),
        (
            "GET /livez HTTP/1.1\r\nHost: localhost\r\nX-Long: \(String(repeating: "a", count: 100_000))\r\n\r\n",
            "431"
        ),
        ("POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{\"kind\":", "400"),
        (
            "POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n\r\n{",
            "413"
        ),
    ])
    func `bytes that are no sound request`(bytes: String, status: String) async throws {
        try await TestServer.run { server in
            let answer = try await server.raw(Array(bytes.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(answer.contains("application/problem+json") && answer.contains("\"detail\":"))
            let after = try await server.get("/livez")
            #expect(after.status == 200)
        }
    }

    @Test func `a path that is not there, and a method that a path doesn't take`() async throws {
        try await TestServer.run { server in
            let missing = try await server.get("/nowhere")
            #expect(missing.status == 404)
            let problem = try missing.object()
            #expect(problem["code"] as? String == "noSuchPath")
            let refused = try await server.send(.DELETE, "/livez")
            #expect(refused.status == 405)
            #expect(refused.headers.first(name: "Allow") == "GET, HEAD")
        }
    }

    @Test func `a client of the old version sees the end`() async throws {
        try await TestServer.run { server in
            let answer = try await server.raw(Array("GET /livez HTTP/1.0\r\n\r\n".utf8), halfCloses: false)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }

    @Test func `more bodies than there is room for are to come again`() async throws {
        try await TestServer.run(limits: ServerLimits(allBodiesBytes: 10)) { server in
            let refused = try await server.post("/v1/jobs", #"{"kind": "k"}"#)
            #expect(refused.status == 503)
            #expect(refused.headers.first(name: "Retry-After") == "1")
        }
    }

    @Test func `an upgrade that no live route takes is a request like any other`() async throws {
        try await TestServer.run { server in
            let headers = [
                "Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
                "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
            ]
            let nowhere = try await server.get("/nowhere", headers)
            #expect(nowhere.status == 404)
            let plain = try await server.get("/livez", ["Connection": "Upgrade", "Upgrade": "h2c"])
            #expect(plain.status == 200)
        }
    }
}

/// The date of answers.
struct DateFieldTests {
    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    ])
    func `a moment as HTTP writes it`(second: Int64, text: String) {
        #expect(DateField.text(second) == text)
    }
}
