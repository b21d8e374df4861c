import Foundation
import ServerTestSupport
import Testing
import Waybill

/// Filters, orders and pages.
struct SimulationsListTests {
    @Test func `machines are listed in parts where a client asks for parts`() async throws {
        try await TestServer.services { server in
            for number in 1...5 { _ = try await server.machine("node-\(number)") }
            for (query, names) in [
                ("", [1, 2, 3, 4, 5]), ("?limit=2", [1, 2]), ("?skip=3&limit=9", [4, 5]), ("?skip=5", []),
            ] {
                let answer = try await server.get("/machines/\(query)")
                let machines = try JSONSerialization.jsonObject(with: Data(answer.body)) as? [[String: Any]]
                #expect(machines?.compactMap { $0["name"] as? String } == names.map { "node-\($0)" })
            }
        }
    }

    @Test func `simulations by status, machine and order`() async throws {
        let engine = try await Engine.inMemory(options: EngineOptions(clock: .virtual(start: .zero)))
        try await TestServer.services(engine: engine) { server in
            let machine = try await server.machine("node-1")
            for number in 1...5 {
                try await engine.advance(by: .seconds(1))
                _ = try await server.simulation("s\(number)", machine: number % 2 == 0 ? machine : nil)
            }
            try await engine.create(
                JobSpecification(kind: "simulation", queue: "elsewhere"),
                by: CommandContext(actor: "test")
            )
            for (number, status) in [(4, "finished"), (2, "running"), (5, "running")] {
                try await engine.advance(by: .seconds(1))
                try await server.status(status, of: number)
            }
            let expected = [
                "": ["1", "2", "3", "4", "5"], "?status=pending": ["1", "3"],
                "?status=running": ["2", "5"], "?status=finished": ["4"],
                "?machine_id=1": ["2", "4"], "?machine_id=1&status=running": ["2"], "?machine_id=7": [],
                "?order_by=id&order=desc": ["5", "4", "3", "2", "1"],
                "?order=desc&skip=1&limit=2": ["4", "3"], "?skip=4": ["5"], "?skip=9": [],
                "?order_by=updated_at": ["1", "3", "4", "2", "5"],
                "?order_by=updated_at&order=desc&limit=2": ["5", "2"],
                "?order_by=updated_at&order=desc&skip=2": ["4", "3", "1"],
            ]
            for (query, ids) in expected {
                let found = try await server.texts("/simulations/\(query)", "id")
                #expect(found == ids, "\(query)")
            }
        }
        try await engine.close()
    }
}
