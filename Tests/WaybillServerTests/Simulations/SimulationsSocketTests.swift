import Foundation
import NIOCore
import NIOHTTP1
import NIOWebSocket
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// Curves over WebSockets.
struct SimulationsSocketTests {
    private static let upgrade =
        "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

    private static func ids(_ message: [String: Any]) -> [Int] {
        (message["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? Int }
    }

    @Test func `what there is, what is added, and the end`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            try await server.status("running", of: simulation)
            try await server.point("0.5", of: simulation)
            try await server.socket("/ws/convergence/\(simulation)") { socket in
                let snapshot = try await socket.text()
                #expect(snapshot["type"] as? String == "snapshot" && Self.ids(snapshot) == [1])
                #expect(snapshot["simulation_id"] as? Int == simulation && snapshot["more"] as? Bool == false)
                #expect(snapshot["status"] as? String == "running")
                try await server.point("\"Infinity\"", of: simulation)
                let delta = try await socket.text()
                #expect(delta["type"] as? String == "delta" && Self.ids(delta) == [2])
                try await server.status("finished", of: simulation)
                let completed = try await socket.text()
                #expect(completed["type"] as? String == "completed")
                #expect(completed["status"] as? String == "finished")
                #expect(completed["outcome"] as? String == "succeeded")
                let code = try await socket.close()
                #expect(code == 1000)
            }
        }
    }

    @Test func `a long curve comes in parts, a finished one with its end`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            let job = JobID(UInt64(simulation))
            let points = (1...2500).map { Point(step: $0, time: .zero, value: Double($0)) }
            let context = CommandContext(actor: "test")
            try await server.engine.addPoints(points, to: "loss", of: job, by: context)
            try await server.status("finished", of: simulation)
            try await server.socket("/ws/convergence/\(simulation)/") { socket in
                var seen: [Int] = []
                for hasMore in [true, true, false] {
                    let part = try await socket.text()
                    #expect(part["type"] as? String == "snapshot" && part["more"] as? Bool == hasMore)
                    seen += Self.ids(part)
                }
                #expect(seen == Array(1...2500))
                let completed = try await socket.text()
                #expect(completed["type"] as? String == "completed")
                let code = try await socket.close()
                #expect(code == 1000)
            }
            let data = try await server.texts("/convergence/\(simulation)/data", "id")
            #expect(data == (1...2500).map(String.init))
            let part = try await server.texts("/convergence/\(simulation)/data?skip=1999&limit=2", "id")
            #expect(part == ["2000", "2001"])
            let graph = try await server.get("/convergence/\(simulation)/graph?max=50")
            let reduced = try #require(try graph.object()["data"] as? [[String: Any]])
            let ids = reduced.compactMap { $0["id"] as? Int }
            #expect(ids.count <= 50 && ids.first == 1 && ids.last == 2500 && ids == ids.sorted())
        }
    }

    @Test func `a simulation that is deleted ends what follows it`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            try await server.status("running", of: simulation)
            try await server.socket("/ws/convergence/\(simulation)") { socket in
                let snapshot = try await socket.text()
                #expect(Self.ids(snapshot).isEmpty && snapshot["more"] as? Bool == false)
                try await server.send(.DELETE, "/simulations/\(simulation)")
                let completed = try await socket.text()
                #expect(completed["outcome"] as? String == "cancelled")
                let code = try await socket.close()
                #expect(code == 1000)
            }
        }
    }

    @Test func `a server that stops says so`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            try await server.socket("/ws/convergence/\(simulation)") { socket in
                _ = try await socket.text()
                async let stopped: Void = server.stop()
                let code = try await socket.close()
                #expect(code == 1001)
                // The server may have let go already.
                try? await socket.send(.connectionClose, [0x03, 0xe9])
                _ = await stopped
            }
        }
    }

    @Test func `one more than may follow is sent away`() async throws {
        try await TestServer.run(limits: ServerLimits(liveClients: 1)) { server in
            let simulation = try await server.simulation("a")
            try await server.socket("/ws/convergence/\(simulation)") { first in
                _ = try await first.text()
                try await server.socket("/ws/convergence/\(simulation)") { second in
                    let code = try await second.close()
                    #expect(code == 1013)
                }
            }
        }
    }

    @Test func `pings are answered, goodbyes returned, and too much is too much`() async throws {
        try await TestServer.run(limits: ServerLimits(frameBytes: 1000)) { server in
            let simulation = try await server.simulation("a")
            let path = "/ws/convergence/\(simulation)"
            try await server.socket(path) { socket in
                _ = try await socket.text()
                try await socket.send(.text, Array("hel".utf8), isFinal: false)
                try await socket.send(.ping, Array("there?".utf8))
                try await socket.send(.continuation, Array("lo".utf8))
                guard case .pong("there?") = try await socket.next() else {
                    Issue.record("no pong")
                    return
                }
                try await socket.send(.connectionClose, [0x03, 0xe8])
                let code = try await socket.close()
                #expect(code == 1000)
            }
            try await server.socket(path) { socket in
                _ = try await socket.text()
                try await socket.send(.text, Array(repeating: 0x61, count: 100_000))
                let code = try await socket.close()
                #expect(code == 1009)
            }
            try await server.socket(path) { socket in
                _ = try await socket.text()
                try await socket.send(.text, Array(repeating: 0x61, count: 900), isFinal: false)
                try await socket.send(.continuation, Array(repeating: 0x61, count: 900))
                let code = try await socket.close()
                #expect(code == 1009)
            }
        }
    }

    @Test(arguments: [
        // Not masked, an extension's bit, a kind that there isn't, text that is none, half a code, a code that is none.
        ([0x81, 0x00], 1002), ([0xc1, 0x80, 0, 0, 0, 0], 1002), ([0x83, 0x80, 0, 0, 0, 0], 1002),
        ([0x81, 0x81, 0, 0, 0, 0, 0xff], 1007), ([0x88, 0x81, 0, 0, 0, 0, 0x03], 1002),
        ([0x88, 0x82, 0, 0, 0, 0, 0x03, 0xed], 1002),
    ])
    func `frames that break the rules end the socket`(bytes: [UInt8], code: Int) async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            try await server.socket("/ws/convergence/\(simulation)") { socket in
                _ = try await socket.text()
                try await socket.send(raw: bytes)
                let answer = try await socket.close()
                #expect(answer == code)
            }
        }
    }

    @Test func `who asks for no WebSocket is told to`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            let plain = try await server.get("/ws/convergence/\(simulation)")
            #expect(plain.status == 426)
            #expect(plain.headers.first(name: "Upgrade") == "websocket")
            #expect(plain.headers.first(name: "Sec-WebSocket-Version") == "13")
        }
    }

    @Test(arguments: ["1", "7", "x", "0", "01"])
    func `nothing to follow is not found`(target: String) async throws {
        try await TestServer.run { server in
            try await server.engine.create(JobSpecification(kind: "other"), by: CommandContext(actor: "test"))
            let head = "GET /ws/convergence/\(target) HTTP/1.1\r\n" + Self.upgrade
            let answer = try await server.raw(Array(head.utf8))
            let statuses = ["HTTP/1.1 404 ", "HTTP/1.1 422 "]
            #expect(statuses.contains(where: answer.hasPrefix), "\(answer)")
            #expect(answer.contains("application/problem+json"))
        }
    }

    @Test func `a used connection is sent to a new one`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            let path = "/ws/convergence/\(simulation)?a=b"
            let requests =
                "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\nGET \(path) HTTP/1.1\r\n" + Self.upgrade
            let answer = try await server.raw(Array(requests.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("HTTP/1.1 307 "), "\(answer)")
            let second = answer[try #require(answer.range(of: "HTTP/1.1 307 ")).lowerBound...].lowercased()
            #expect(second.contains("location: \(path)\r\n") && second.contains("connection: close\r\n"))
        }
    }
}
