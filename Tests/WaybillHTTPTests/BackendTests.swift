import NIOHTTP1
import ServerTestSupport
import Testing

/// What a server asks of what stands behind it, and says of it.
struct BackendTests {
    @Test func `an answer says the sequence that it shows`() async throws {
        try await CounterServer.run { server in
            #expect(try await server.get("/count").headers.first(name: "Waybill-Sequence") == "0")
            let added = try await server.post("/count", #"{"by": 7}"#)
            #expect(added.status == 204)
            #expect(added.headers.first(name: "Waybill-Sequence") == "1")
            #expect(try await server.get("/count?minSequence=1").object()["count"] as? Int == 7)
            let early = try await server.get("/count?minSequence=2")
            #expect(early.status == 409)
            #expect(try early.object()["code"] as? String == "notReached")
        }
    }

    @Test func `an error that the backend knows is told, another is the server's own fault`() async throws {
        try await CounterServer.run { server in
            try await server.post("/count", #"{"by": 255}"#)
            let refused = try await server.post("/count", #"{"by": 1}"#)
            #expect(refused.status == 409)
            #expect(try refused.object()["code"] as? String == "overflow")
            #expect(try refused.object()["sequence"] as? Int == 1)
            let failed = try await server.get("/bug")
            #expect(failed.status == 500)
            #expect(!failed.text.contains("Bug"))
        }
    }

    @Test func `reads that do not follow are refused, all else goes on`() async throws {
        try await CounterServer.run { server in
            server.counter.fallBehind()
            let read = try await server.get("/count")
            #expect(read.status == 503)
            #expect(try read.object()["code"] as? String == "behind")
            #expect(try await server.get("/livez").status == 200)
            #expect(try await server.post("/count", #"{"by": 1}"#).status == 204)
        }
    }

    @Test func `each answer is recorded under the path that the contract names`() async throws {
        try await CounterServer.run { server in
            try await server.get("/digits/3")
            try await server.get("/digits/4")
            try await server.get("/digits/none")
            try await server.get("/nowhere")
            #expect(
                server.counter.answers == [
                    "GET /digits/{number} 200", "GET /digits/{number} 200", "GET /digits/{number} 422",
                ]
            )
        }
    }

    @Test func `an answer that is large comes whole`() async throws {
        try await CounterServer.run { server in
            let answer = try await server.get("/digits/200000")
            #expect(answer.body.count == 200_000)
        }
    }

    @Test func `the document describes what is served, and itself`() async throws {
        try await CounterServer.run { server in
            let document = try await server.get("/openapi.json").object()
            let paths = try #require(document["paths"] as? [String: Any])
            #expect(Set(paths.keys).isSuperset(of: ["/count", "/digits/{number}", "/openapi.json", "/docs"]))
            #expect((document["info"] as? [String: Any])?["title"] as? String == "Counter")
        }
    }

    @Test func `a socket under a path that has one, and an answer where there is none`() async throws {
        try await CounterServer.run { server in
            try await server.socket("/ws/ada") { socket in
                let said = try await socket.text()
                #expect(said["name"] as? String == "ada")
                let code = try await socket.close()
                #expect(code == 1000)
            }
            let head =
                "GET /ws/nobody HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            let key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            #expect(try await server.raw(Array((head + key).utf8)).hasPrefix("HTTP/1.1 404 "))
        }
    }
}
