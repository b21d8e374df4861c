import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// The services' clients were written against Pydantic and FastAPI, which pass over what they don't know.
struct LenienceTests {
    /// One of each thing that has an id, all of them 1 but the second simulation.
    private func services(_ body: (TestServer) async throws -> Void) async throws {
        try await TestServer.services { server in
            for (path, body) in [
                ("/suggestions", #"{"from_station": 1, "to_station": 2, "bikes": 1, "confidence": 1}"#),
                ("/jobs", #"{"name": "a"}"#), ("/simulations/", #"{"name": "a"}"#),
                ("/machines/", #"{"name": "m", "cpu": "", "gpu": "", "memory": 1}"#),
            ] {
                let made = try await server.post(path, body)
                #expect(made.status == 201)
            }
            try await body(server)
        }
    }

    @Test(
        arguments: [
            (.POST, "/jobs", #"{"name": "a", "status": "queued", "owner": {"id": 7}}"#, 201),
            (.PATCH, "/jobs/2/status", #"{"status": "running", "id": 2, "job_id": "2", "by": "me"}"#, 200),
            (.POST, "/simulations/", #"{"name": "a", "id": 9, "colour": 1}"#, 201),
            (.POST, "/simulations/3/create-bare-sql", #"{"name": "a", "colour": 1}"#, 201),
            (.PUT, "/simulations/3", #"{"name": "b", "id": 3, "created_at": "2026-01-01T00:00:00"}"#, 200),
            (.POST, "/convergence/data", #"{"simulation_id": 3, "loss_value": 1, "step": 4}"#, 201),
            (.POST, "/convergence/3/add-bare-sql", #"{"simulation_id": 3, "loss_value": 1, "step": 4}"#, 201),
            (.POST, "/convergence/3/add-bare-sql", #"{"simulation_id": null, "loss_value": 1}"#, 201),
            (.POST, "/machines/", #"{"name": "n", "cpu": "", "gpu": "", "memory": 1, "rack": 4}"#, 201),
            (.PATCH, "/machines/1/status", #"{"status": "maintenance", "id": 1, "since": "today"}"#, 200),
            (.POST, "/suggestions/1/approve", #"{"suggestion_id": 1, "approved_by": "me"}"#, 200),
            (.POST, "/suggestions/approve", #"{"ids": [1], "approved_by": "me"}"#, 200),
            (
                .POST, "/suggestions",
                #"{"id": 9, "status": "new", "from_station": 1, "to_station": 2, "bikes": 1, "confidence": 1}"#,
                201
            ),
            (.POST, "/generations", #"{"numImages": 2, "animal": "bear"}"#, 201),
            (.GET, "/jobs?page=2", nil, 200), (.GET, "/simulations/?colour=1", nil, 200),
            (.GET, "/suggestions?_=1", nil, 200), (.GET, "/convergence/3/data?_=1", nil, 200),
        ] as [(HTTPMethod, String, String?, Int)]
    )
    func `what a service doesn't know is passed over`(
        method: HTTPMethod,
        path: String,
        body: String?,
        status: Int
    ) async throws {
        try await services { server in
            try await server.ask(method, path, body, is: status)
        }
    }

    @Test func `a task's id may be repeated, and a worker may say more`() async throws {
        try await services { server in
            try await server.ask(.POST, "/suggestions/1/approve")
            let taken = #"{"worker_id": "van", "position": [1, 2]}"#
            try await server.ask(.POST, "/dispatch/next", taken)
            try await server.ask(.POST, "/task/1/complete", #"{"task_id": 2}"#, is: 400)
            let done = #"{"task_id": 1, "worker_id": "van", "took": 3}"#
            try await server.ask(.POST, "/task/1/complete", done)
        }
    }

    @Test(
        arguments: [
            (.PATCH, "/jobs/2/status", #"{"status": "running", "id": 3}"#, "id", 422),
            (.PATCH, "/jobs/2/status", #"{"status": "running", "job_id": "3"}"#, "job_id", 422),
            (.PUT, "/simulations/3", #"{"name": "b", "id": 4}"#, "id", 422),
            (.PUT, "/simulations/3", #"{"name": "b", "simulation_id": "x"}"#, "simulation_id", 422),
            (
                .POST, "/convergence/3/add-bare-sql", #"{"simulation_id": 4, "loss_value": 1}"#,
                "simulation_id", 422
            ),
            (.PATCH, "/machines/1/status", #"{"status": "maintenance", "machine_id": 2}"#, "machine_id", 422),
            (.POST, "/suggestions/1/approve", #"{"suggestion_id": 2}"#, "suggestion_id", 400),
        ] as [(HTTPMethod, String, String, String, Int)]
    )
    func `what contradicts the path is refused, and nothing is done`(
        method: HTTPMethod,
        path: String,
        body: String,
        field: String,
        status: Int
    ) async throws {
        try await services { server in
            let before = server.engine.durableSequence
            let refused = try await server.ask(method, path, body, is: status)
            #expect(try refused.fields() == [field])
            #expect(server.engine.durableSequence == before)
        }
    }

    @Test func `what the engine's own paths don't know is refused`() async throws {
        try await services { server in
            try await server.ask(.POST, "/v1/jobs", #"{"kind": "k", "colour": 1}"#, is: 422)
            try await server.ask(.GET, "/v1/jobs?colour=1", is: 422)
        }
    }
}
