import Foundation
import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

extension TestAnswer {
    /// A member of the body; nil where the body is no object, or doesn't have it.
    subscript(name: String) -> Any? { (try? object())?[name] }
}

/// What clients of the simulation service do all the time.
extension TestServer {
    @discardableResult
    func json(_ method: String, _ path: String, _ body: String, _ headers: [String: String] = [:])
        async throws -> TestAnswer
    {
        try await send(.init(rawValue: method), path, Array(body.utf8), headers)
    }

    /// Creates a simulation; gives its number.
    func simulation(_ name: String, machine: Int? = nil) async throws -> Int {
        let machine = machine.map { ",\"machine_id\":\($0)" } ?? ""
        let answer = try await post("/simulations/", "{\"name\":\"\(name)\"\(machine)}")
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(try answer.object()["id"] as? Int)
    }

    func machine(_ name: String) async throws -> Int {
        let body = "{\"name\":\"\(name)\",\"cpu\":\"AMD EPYC\",\"gpu\":\"A100\",\"memory\":64}"
        let answer = try await post("/machines/", body)
        #expect(answer.status == 201, "\(answer.text)")
        return try #require(try answer.object()["id"] as? Int)
    }

    @discardableResult
    func status(_ status: String, of simulation: Int) async throws -> TestAnswer {
        try await json("PUT", "/simulations/\(simulation)", "{\"status\":\"\(status)\"}")
    }

    @discardableResult
    func point(_ loss: String, of simulation: Int, at time: String? = nil) async throws -> TestAnswer {
        let time = time.map { ",\"timestamp\":\"\($0)\"" } ?? ""
        return try await post(
            "/convergence/data",
            "{\"simulation_id\":\(simulation),\"loss_value\":\(loss)\(time)}"
        )
    }

    /// The field of each item of a list, as text.
    func texts(_ path: String, _ field: String) async throws -> [String] {
        let answer = try await get(path)
        #expect(answer.status == 200, "\(answer.text)")
        return try answer.list().map { "\($0[field] ?? "")" }
    }

    /// The events of a job, oldest first.
    func bodies(of job: Int) async throws -> [Event.Body] {
        let history = try await engine.history(of: JobID(UInt64(job)), limit: 1000)
        return try #require(history).reversed().map(\.body)
    }
}
