import Foundation
import Orchestration
import ServerTestSupport
import Testing
import Waybill

/// Many clients change one simulation at once, while an operator acts on its job.
///
/// A change of several commands is all or none: whatever order they come in, no reader of the log finds half of one.
struct SimulationsRaceTests {
    @Test func `sixteen clients and an operator never leave half a change`() async throws {
        try await TestServer.services { server in
            for round in 0..<12 {
                let simulation = try await server.simulation("plate")
                let statuses = try await race(server, simulation, cancelsAt: round)
                let job = JobID(UInt64(simulation))
                let names = try #require(try await server.engine.history(of: job)).reversed().map(\.body.name)
                let shown = try await server.get("/simulations/\(simulation)")
                switch statuses.count(where: { $0.value == 200 }) {
                case 0:
                    #expect(names == ["job.created", "job.cancelled"])
                    #expect(shown["name"] as? String == "plate")
                case 1:
                    let winner = try #require(statuses.first { $0.value == 200 }).key
                    #expect(names == ["job.created", "job.updated", "job.dispatched", "job.succeeded"])
                    #expect(shown["name"] as? String == "client \(winner)")
                default: Issue.record("\(statuses) changed one simulation")
                }
                #expect(shown["status"] as? String == "finished")
                for status in statuses.values { #expect([200, 409].contains(status)) }
            }
        }
    }

    /// What each client is told; the operator comes after so many of them.
    private func race(_ server: TestServer, _ simulation: Int, cancelsAt place: Int) async throws -> [Int:
        Int]
    {
        try await withThrowingTaskGroup(of: (Int, Int)?.self) { group in
            for client in 0..<16 {
                if client == place {
                    group.addTask {
                        _ = try await server.json("POST", "/v1/jobs/\(simulation)/cancel", "{}")
                        return nil
                    }
                }
                group.addTask {
                    let body = "{\"name\":\"client \(client)\",\"status\":\"finished\"}"
                    return (client, try await server.json("PUT", "/simulations/\(simulation)", body).status)
                }
            }
            var statuses: [Int: Int] = [:]
            for try await case (let client, let status)? in group { statuses[client] = status }
            return statuses
        }
    }
}
