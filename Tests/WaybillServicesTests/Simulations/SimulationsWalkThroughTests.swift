import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill
import WaybillJSON

/// What the simulation service's own document promises, from the first machine to the last deletion.
struct SimulationsWalkThroughTests {
    @Test func `a simulation from its machine to its deletion`() async throws {
        try await TestServer.services { server in
            let machine = try await server.machine("node-1")
            #expect(machine == 1)
            let simulation = try await server.simulation("flow", machine: machine)
            let begun = try await server.get("/simulations/\(simulation)")
            let first = try begun.object()
            #expect(
                Set(first.keys) == [
                    "id", "name", "status", "machine_id", "created_at", "updated_at", "outcome",
                ]
            )
            #expect(first["status"] as? String == "pending")
            #expect(first["machine_id"] as? Int == 1)
            let moments = ["created_at", "updated_at"].map { first[$0] as? String }
            #expect(first["outcome"] is NSNull)
            #expect(moments[0] == moments[1])
            #expect(moments[0] != nil)

            let started = try await server.status("running", of: simulation)
            let running = try started.object()
            #expect(started.status == 200)
            #expect(running["status"] as? String == "running")
            let busy = try await server.texts("/machines/", "status")
            #expect(busy == ["busy"])

            for (place, loss) in ["0.5", "0.25", "\"NaN\"", "0.125"].enumerated() {
                let added = try await server.point(loss, of: simulation, at: "2026-01-01T00:00:0\(place)Z")
                #expect(added.status == 201, "\(added.text)")
                let point = try added.object()
                #expect(point["id"] as? Int == place + 1)
                #expect(point["simulation_id"] as? Int == simulation)
            }
            let graph = try await server.get("/convergence/\(simulation)/graph")
            let curve = try graph.object()
            #expect(curve["is_complete"] as? Bool == false)
            #expect(curve["status"] as? String == "running")
            #expect((curve["data"] as? [Any])?.count == 4)
            let new = try await server.texts(
                "/convergence/\(simulation)/stream?since=2026-01-01T00:00:01Z",
                "loss_value"
            )
            #expect(new == ["NaN", "0.125"])
            let loose = try await server.texts(
                "/convergence/\(simulation)/stream?since=2026-01-01T00:00:02",
                "id"
            )
            #expect(loose == ["4"])
            let behind = try await server.texts("/convergence/\(simulation)/stream?after=3", "id")
            #expect(behind == ["4"])
            let all = try await server.texts("/convergence/\(simulation)/data", "id")
            #expect(all == ["1", "2", "3", "4"])

            let detailed = try await server.get("/simulations/\(simulation)/detailed")
            let joined = try #require(try detailed.object()["machine"] as? [String: Any])
            #expect(joined["name"] as? String == "node-1")
            #expect(joined["cpu"] as? String == "AMD EPYC")
            #expect(joined["memory"] as? Int == 64)
            #expect(joined["status"] as? String == "busy")

            let finished = try await server.status("finished", of: simulation)
            let end = try finished.object()
            #expect(end["status"] as? String == "finished")
            #expect(end["outcome"] as? String == "succeeded")
            let complete = try await server.get("/convergence/\(simulation)/graph")
            #expect(complete["is_complete"] as? Bool == true)
            let free = try await server.texts("/machines/", "status")
            #expect(free == ["available"])

            let deleted = try await server.send(.DELETE, "/simulations/\(simulation)")
            #expect(deleted.status == 204)
            #expect(deleted.body.isEmpty)
            let gone = try await server.get("/simulations/\(simulation)")
            #expect(gone.status == 404)
            let problem = try gone.object()
            #expect(problem["detail"] as? String == "Simulation not found")
        }
    }

    @Test func `both ways to create write the same event, and so do both ways to add a point`() async throws {
        try await TestServer.services { server in
            let machine = try await server.machine("node-1")
            let one = try await server.simulation("twin", machine: machine)
            let body = "{\"name\":\"twin\",\"machine_id\":\(machine)}"
            let created = try await server.post("/simulations/999/create-bare-sql", body)
            #expect(created.status == 201)
            let two = try #require(try created.object()["id"] as? Int)
            #expect(two == one + 1)
            let time = "2026-01-01T00:00:00Z"
            let first = try await server.point("0.5", of: one, at: time)
            let second = try await server.post(
                "/convergence/\(two)/add-bare-sql",
                "{\"loss_value\":0.5,\"timestamp\":\"\(time)\"}"
            )
            #expect(first.status == 201)
            #expect(second.status == 201)
            let (left, right) = (try await server.bodies(of: one), try await server.bodies(of: two))
            #expect(left.count == 2)
            #expect(right.count == 2)
            guard case .jobCreated(_, let specification) = left[0], case .jobCreated(_, let twin) = right[0],
                case .pointsAdded(_, let series, let points) = left[1],
                case .pointsAdded(_, let otherSeries, let otherPoints) = right[1]
            else {
                Issue.record("\(left) \(right)")
                return
            }
            #expect(specification == twin)
            #expect(series == otherSeries)
            #expect(points == otherPoints)
            let moment = try Timestamp(rfc3339: time)
            #expect(points == [Point(step: 1, time: moment, value: 0.5)])
        }
    }

    @Test(arguments: ["/simulations", "/machines"])
    func `a slash at the end says nothing`(path: String) async throws {
        try await TestServer.services { server in
            for form in [path, path + "/"] {
                let answer = try await server.get(form)
                #expect(answer.status == 200)
                #expect(answer.text == "[]")
            }
        }
    }
}
