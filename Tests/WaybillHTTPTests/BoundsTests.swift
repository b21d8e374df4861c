import NIOHTTP1
import ServerTestSupport
import Testing
import WaybillHTTP

/// What one client may take of a server, so that others get theirs.
struct BoundsTests {
    private static let head =
        "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test func `more values than a body may have are refused before they are built, however small it is`()
        async throws
    {
        try await CounterServer.run(limits: ServerLimits(bodyBytes: 200_000)) { server in
            let zeros = "[0" + String(repeating: ",0", count: 99_000) + "]"
            let answer = try await server.post("/count", zeros)
            #expect(answer.status == 413)
            #expect(try answer.object()["code"] as? String == "bodyTooLarge")
            let text = String(repeating: "x", count: 190_000)
            let long = try await server.post("/count", #"{"by": 1, "text": "\#(text)"}"#)
            // Read whole, and found wanting for its member.
            #expect(long.status == 422)
        }
    }

    @Test func `who announces much, sends a little and waits keeps no memory from others`() async throws {
        try await CounterServer.run(limits: ServerLimits(allBodiesBytes: 10_000)) { server in
            let announced =
                "POST /count HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4000000\r\n\r\n{"
            try await server.silently(announced) {
                let answer = try await server.post("/count", #"{"by": 1}"#)
                #expect(answer.status == 204)
            }
        }
    }

    @Test func `a body in chunks of one byte is a body`() async throws {
        try await CounterServer.run { server in
            let blank = String(repeating: "1\r\n \r\n", count: 5000)
            let request = Self.head + blank + "9\r\n{\"by\": 1}\r\n0\r\n\r\n"
            let answer = try await server.raw(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 204 "), "\(answer)")
        }
    }

    /// Each as RFC 9112, 7.1.1 allows; their length is for the recipient to bound.
    @Test(arguments: [
        "1;a=\(String(repeating: "x", count: 100_000))\r\n \r\n",
        String(repeating: "1;a=\(String(repeating: "x", count: 1000))\r\n \r\n", count: 100),
    ])
    func `extensions of chunks that are longer than what they extend`(chunks: String) async throws {
        try await CounterServer.run { server in
            let request = Self.head + chunks + "9\r\n{\"by\": 1}\r\n0\r\n\r\n"
            let answer = try await server.raw(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(server.counter.count == 0)
        }
    }

    @Test func `a short extension is passed over`() async throws {
        try await CounterServer.run { server in
            let request = Self.head + "9;name=\"value\"\r\n{\"by\": 1}\r\n0\r\n\r\n"
            let answer = try await server.raw(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 204 "), "\(answer)")
        }
    }

    @Test func `more requests on one connection than may wait there end it`() async throws {
        try await CounterServer.run { server in
            let many = String(repeating: "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", count: 200)
            let answers = try await server.raw(Array(many.utf8))
            let statuses = answers.matches(of: #/HTTP/1\.1 (\d+)/#).map { String($0.1) }
            #expect(statuses.last == "429")
            #expect(statuses.dropLast().allSatisfy { $0 == "404" })
            #expect(statuses.count < 200)
        }
    }

    @Test(arguments: [0x89, 0x8a, 0x81, 0x82] as [UInt8])
    func `a socket that is flooded with pings, pongs or messages is closed`(kind: UInt8) async throws {
        try await CounterServer.run { server in
            try await server.socket("/ws/listening") { socket in
                let frame = [kind, 0x80, 0, 0, 0, 0]
                let flood = (1...3000).flatMap { _ in frame }
                try await socket.send(raw: flood)
                while true {
                    let message = try await socket.next()
                    if case .pong = message { continue }
                    guard case .close(1008) = message else {
                        Issue.record("\(message)")
                        break
                    }
                    break
                }
            }
        }
    }

    @Test func `pings that come together have one answer, to the last`() async throws {
        try await CounterServer.run { server in
            try await server.socket("/ws/listening") { socket in
                let pings = (1...9).flatMap { [0x89, 0x81, 0, 0, 0, 0, 0x30 + UInt8($0)] as [UInt8] }
                try await socket.send(raw: pings)
                var answers: [String] = []
                while answers.last != "9" {
                    guard case .pong(let text) = try await socket.next() else { break }
                    answers.append(text)
                }
                #expect(answers.last == "9")
                #expect(answers == answers.sorted())
            }
        }
    }

    @Test func `a client that takes nothing of its answer makes way for another`() async throws {
        let limits = ServerLimits(connections: 1, stall: .milliseconds(50))
        try await CounterServer.run(limits: limits) { server in
            try await server.silently("GET /digits/30000000 HTTP/1.1\r\nHost: localhost\r\n\r\n") {
                let answer = try await server.get("/livez")
                #expect(answer.status == 200)
            }
        }
    }
}
