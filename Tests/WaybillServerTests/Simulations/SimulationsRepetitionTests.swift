import Foundation
import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// The same request twice under one idempotency key is one request.
struct SimulationsRepetitionTests {
    private static let key = ["Idempotency-Key": "k"]

    @Test func `creations are answered alike, whatever happened since`() async throws {
        try await TestServer.run { server in
            let body = "{\"name\":\"a\"}"
            let first = try await server.post("/simulations/", body, Self.key)
            let id = try #require(try first.object()["id"] as? Int)
            try await server.status("running", of: id)
            let second = try await server.post("/simulations/1/create-bare-sql", body, Self.key)
            #expect(second.status == 201 && second.text == first.text)
            let other = try await server.post("/simulations/", "{\"name\":\"b\"}", Self.key)
            #expect(other.status == 422)
            try await server.send(.DELETE, "/simulations/\(id)")
            let gone = try await server.post("/simulations/", body, Self.key)
            #expect(gone.status == 410)
        }
    }

    @Test func `machines and points`() async throws {
        try await TestServer.run { server in
            let body =
                "{\"name\":\"m\",\"cpu\":\"c\",\"gpu\":\"g\",\"memory\":1.5,\"status\":\"maintenance\"}"
            let first = try await server.post("/machines/", body, Self.key)
            try await server.json("PATCH", "/machines/1/status", "{\"status\":\"available\"}")
            let second = try await server.post("/machines/", body, Self.key)
            #expect(first.status == 201 && second.text == first.text, "\(second.text)")
            let other = try await server.post(
                "/machines/",
                body.replacingOccurrences(of: "maintenance", with: "available"),
                Self.key
            )
            #expect(other.status == 422)
            let clash = try await server.post("/machines/", body)
            #expect(clash.status == 409)

            let simulation = try await server.simulation("a")
            let point = "{\"loss_value\":0.5}"
            let path = "/convergence/\(simulation)/add-bare-sql"
            let key = ["Idempotency-Key": "p"]
            let added = try await server.post(path, point, key)
            for loss in 1...3 { try await server.point("\(loss)", of: simulation) }
            try await server.status("finished", of: simulation)
            let again = try await server.post(path, point, key)
            #expect(again.status == 201 && again.text == added.text)
            let different = try await server.post(path, "{\"loss_value\":0.25}", key)
            #expect(different.status == 422)
            let late = try await server.post(path, point)
            #expect(late.status == 409)
        }
    }

    @Test func `changes and deletions`() async throws {
        try await TestServer.run { server in
            let machine = try await server.machine("m")
            let simulation = try await server.simulation("a", machine: machine)
            let path = "/simulations/\(simulation)"
            let body = "{\"name\":\"b\",\"status\":\"running\",\"machine_id\":\(machine)}"
            let first = try await server.json("PUT", path, body, Self.key)
            #expect(first.status == 200, "\(first.text)")
            try await server.status("finished", of: simulation)
            let events = try await server.bodies(of: simulation)
            let again = try await server.json("PUT", path, body, Self.key)
            #expect(again.status == 200, "\(again.text)")
            for other in ["{\"name\":\"c\",\"status\":\"running\"}", "{\"status\":\"finished\"}", "{}"] {
                let refused = try await server.json("PUT", path, other, Self.key)
                #expect(refused.status == 422, "\(other) \(refused.text)")
            }
            let unchanged = try await server.bodies(of: simulation)
            #expect(unchanged == events)
            let key = ["Idempotency-Key": "d"]
            for _ in 1...2 {
                let deleted = try await server.send(.DELETE, path, nil, key)
                #expect(deleted.status == 204)
            }
        }
    }

    @Test func `machines of one name that come at once are one`() async throws {
        try await TestServer.run { server in
            let body = "{\"name\":\"m\",\"cpu\":\"\",\"gpu\":\"\",\"memory\":1}"
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...8 { group.addTask { try await server.post("/machines/", body).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 201 } == 1 && statuses.count { $0 == 409 } == 7)
        }
    }

    @Test func `points that come at once are counted one after another`() async throws {
        try await TestServer.run { server in
            let simulation = try await server.simulation("a")
            let ids = try await withThrowingTaskGroup(of: Int.self) { group in
                for loss in 1...12 {
                    group.addTask {
                        let answer = try await server.point("\(loss)", of: simulation)
                        return try #require(try answer.object()["id"] as? Int)
                    }
                }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(ids.sorted() == Array(1...12))
            let points = await server.engine.series.points(of: JobID(UInt64(simulation)), series: "loss")
            #expect(points.map(\.step) == (1...12).map { UInt64($0) })
        }
    }
}
