import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// What may become of a simulation, and what may not.
struct SimulationsChangeTests {
    /// Bytes decide: the new name looks like the old one.
    @Test func `a simulation takes a name that differs in normal form only`() async throws {
        try await TestServer.services { server in
            let simulation = try await server.simulation("caf\u{e9}")
            let name = "\"cafe\u{301}\""
            try await server.json("PUT", "/simulations/\(simulation)", "{\"name\":\(name)}")
            let now = try await server.json("GET", "/simulations/\(simulation)", "").text
            #expect(now.utf8.firstRange(of: name.utf8) != nil, "\(now)")
        }
    }

    @Test func `what can't be done changes nothing`() async throws {
        try await TestServer.services { server in
            let machine = try await server.machine("node-1")
            let simulation = try await server.simulation("a", machine: machine)
            try await server.json("PATCH", "/machines/\(machine)/status", "{\"status\":\"maintenance\"}")
            let refused = try await server.json(
                "PUT",
                "/simulations/\(simulation)",
                "{\"name\":\"b\",\"status\":\"running\"}"
            )
            #expect(refused.status == 409, "\(refused.text)")
            let same = try await server.get("/simulations/\(simulation)")
            #expect(same["name"] as? String == "a")
            let elsewhere = try await server.machine("node-2")
            let moved = try await server.json(
                "PUT",
                "/simulations/\(simulation)",
                "{\"name\":\"b\",\"status\":\"running\",\"machine_id\":\(elsewhere)}"
            )
            #expect(moved.status == 200, "\(moved.text)")
            let now = try moved.object()
            #expect(now["name"] as? String == "b")
            #expect(now["machine_id"] as? Int == elsewhere)
            #expect(now["status"] as? String == "running")
            let late = try await server.json(
                "PUT",
                "/simulations/\(simulation)",
                "{\"machine_id\":\(machine)}"
            )
            #expect(late.status == 409)
            let renamed = try await server.json("PUT", "/simulations/\(simulation)", "{\"name\":\"c\"}")
            #expect(renamed.status == 200)
        }
    }

    @Test func `the ways through the statuses`() async throws {
        try await TestServer.services { server in
            let one = try await server.simulation("one")
            let short = try await server.status("finished", of: one)
            #expect(short.status == 200)
            #expect((short["outcome"] as? String) == "succeeded")
            for status in ["pending", "running"] {
                let back = try await server.status(status, of: one)
                #expect(back.status == 409)
                #expect(back["detail"] != nil)
            }
            let still = try await server.status("finished", of: one)
            #expect(still.status == 200)
            let renamed = try await server.json("PUT", "/simulations/\(one)", "{\"name\":\"x\"}")
            #expect(renamed.status == 409)
            let two = try await server.simulation("two")
            try await server.status("running", of: two)
            let back = try await server.status("pending", of: two)
            #expect(back.status == 409)
            let gone = try await server.send(.DELETE, "/simulations/\(two)")
            #expect(gone.status == 204)
            let again = try await server.send(.DELETE, "/simulations/\(two)")
            #expect(again.status == 404)
        }
    }

    @Test func `a machine is let go with null`() async throws {
        try await TestServer.services { server in
            let machine = try await server.machine("node-1")
            let simulation = try await server.simulation("a", machine: machine)
            let kept = try await server.json("PUT", "/simulations/\(simulation)", "{\"name\":null}")
            #expect(kept["machine_id"] as? Int == machine)
            let free = try await server.json("PUT", "/simulations/\(simulation)", "{\"machine_id\":null}")
            #expect(free["machine_id"] is NSNull)
            let none = try await server.texts("/simulations/?machine_id=\(machine)", "id")
            #expect(none.isEmpty)
            let detailed = try await server.get("/simulations/\(simulation)/detailed")
            #expect(detailed["machine"] is NSNull)
        }
    }

    @Test func `of clients that race, each changes all that it wants, or nothing`() async throws {
        try await TestServer.services { server in
            let simulation = try await server.simulation("a")
            var machines: [Int] = []
            for number in 1...16 { machines.append(try await server.machine("node-\(number)")) }
            // Others touch the job in between, which is no reason to fail.
            let others = Task {
                for priority in 1...40 {
                    try await server.json("PATCH", "/v1/jobs/\(simulation)", "{\"priority\":\(priority)}")
                }
            }
            let won = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for machine in machines {
                    group.addTask {
                        let wish =
                            "\"name\":\"of \(machine)\",\"status\":\"running\",\"machine_id\":\(machine)"
                        let path = "/simulations/\(simulation)"
                        return (machine, try await server.json("PUT", path, "{\(wish)}").status)
                    }
                }
                return try await group.reduce(into: [Int: Int]()) { $0[$1.0] = $1.1 }
            }
            try await others.value
            let winner = try #require(won.first { $0.value == 200 }?.key)
            #expect(won.values.filter { $0 == 409 }.count == 15)
            let shown = try await server.get("/simulations/\(simulation)")
            #expect(shown["name"] as? String == "of \(winner)")
            #expect(shown["machine_id"] as? Int == winner)
            // Its change and its start stand side by side, and nobody else changed the name.
            let bodies = try await server.bodies(of: simulation)
            let renamed = bodies.indices.filter { index in
                if case .jobUpdated(_, let change) = bodies[index] { change.attributes != nil } else { false }
            }
            #expect(renamed.count == 1)
            let start = try #require(renamed.first).advanced(by: 1)
            guard case .jobDispatched? = bodies.dropFirst(start).first else {
                Issue.record("\(bodies)")
                return
            }
        }
    }

    @Test func `only the version that was read is changed`() async throws {
        try await TestServer.services { server in
            let simulation = try await server.simulation("a")
            let read = try await server.get("/simulations/\(simulation)")
            let tag = try #require(read.headers.first(name: "ETag"))
            let first = try await server.json(
                "PUT",
                "/simulations/\(simulation)",
                "{\"name\":\"b\"}",
                ["If-Match": tag]
            )
            #expect(first.status == 200)
            for method in ["PUT", "DELETE"] {
                let stale = try await server.json(
                    method,
                    "/simulations/\(simulation)",
                    "{\"name\":\"c\"}",
                    ["If-Match": tag]
                )
                #expect(stale.status == 412)
            }
        }
    }

    @Test func `a simulation of another service is not found`() async throws {
        try await TestServer.services { server in
            let created = try await server.engine.create(
                JobSpecification(kind: "other", queue: "others"),
                by: CommandContext(actor: "test")
            )
            let id = created.value.rawValue
            for path in [
                "/simulations/\(id)", "/simulations/\(id)/detailed", "/convergence/\(id)/data",
                "/convergence/\(id)/graph", "/convergence/\(id)/stream", "/simulations/77",
            ] {
                let answer = try await server.get(path)
                #expect(answer.status == 404, "\(path)")
                #expect(answer["detail"] as? String == "Simulation not found")
            }
            let put = try await server.status("running", of: Int(id))
            let deleted = try await server.send(.DELETE, "/simulations/\(id)")
            let point = try await server.point("1", of: Int(id))
            #expect(put.status == 404)
            #expect(deleted.status == 404)
            #expect(point.status == 404)
        }
    }

    @Test(arguments: [
        ("POST", "/simulations/", "{}", 422), ("POST", "/simulations/", "{\"name\":\"\"}", 422),
        ("POST", "/simulations/", "{\"name\":\"a\",\"status\":\"running\"}", 422),
        ("POST", "/simulations/", "{\"name\":\"a\",\"machine_id\":0}", 422),
        ("POST", "/simulations/", "{\"name\":\"a\",\"machine_id\":9}", 404),
        ("POST", "/simulations/", "{", 400), ("PUT", "/simulations/1", "{\"status\":\"paused\"}", 422),
        ("PUT", "/simulations/x", "{}", 422), ("PUT", "/simulations/1", "{\"name\":\"\"}", 422),
        ("GET", "/simulations/?status=paused", "", 422), ("GET", "/simulations/?limit=1001", "", 422),
        ("GET", "/simulations/?order_by=name", "", 422),
        ("POST", "/machines/", "{\"name\":\"a\",\"cpu\":\"\",\"gpu\":\"\"}", 422),
        ("POST", "/machines/", "{\"name\":\"a\",\"cpu\":\"\",\"gpu\":\"\",\"memory\":-1}", 422),
        ("PATCH", "/machines/1/status", "{\"status\":\"available\"}", 404),
        ("PATCH", "/machines/1/status", "{\"status\":\"cordoned\"}", 422), ("GET", "/machines/1", "", 404),
        ("POST", "/convergence/data", "{\"simulation_id\":1}", 422),
        ("POST", "/convergence/data", "{\"simulation_id\":1,\"loss_value\":\"x\"}", 422),
        ("POST", "/convergence/data", "{\"simulation_id\":1,\"loss_value\":1,\"timestamp\":\"now\"}", 422),
        ("POST", "/convergence/1/add-bare-sql", "{\"loss_value\":1}", 404),
        ("DELETE", "/simulations/", "", 405), ("GET", "/convergence/data", "", 405),
    ])
    func `what is wrong is said so`(method: String, path: String, body: String, status: Int) async throws {
        try await TestServer.services { server in
            let answer =
                body.isEmpty
                ? try await server.send(.init(rawValue: method), path)
                : try await server.json(method, path, body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer["detail"] is String)
        }
    }

    @Test(arguments: [
        ("/simulations/", "{\"name\":\"a\"}"),
        ("/machines/", "{\"name\":\"a\",\"cpu\":\"\",\"gpu\":\"\",\"memory\":1}"),
    ])
    func `a version of what isn't there yet is refused, and not passed over`(path: String, body: String)
        async throws
    {
        try await TestServer.services { server in
            let expecting = try await server.post(path, body, ["If-Match": "\"1\""])
            #expect(expecting.status == 422, "\(expecting.text)")
            let created = try await server.post(path, body)
            #expect(created.status == 201, "\(created.text)")
        }
    }
}
