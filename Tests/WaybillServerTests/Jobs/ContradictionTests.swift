import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// What was taken in silence, and did nothing.
struct ContradictionTests {
    /// One hour after, and two hours after the moment at which the server stands still.
    private static let (sooner, later) = ("2023-11-14T23:13:20Z", "2023-11-15T00:13:20Z")

    @Test(arguments: [
        (#""runAt": "\#(later)", "expiresAt": "\#(sooner)""#, "expiresAt"),
        (#""delayMs": 7200000, "expiresAt": "\#(sooner)""#, "expiresAt"),
        (#""uniqueWindowMs": 1000"#, "uniqueWindowMs"), (#""uniqueWindowMs": 0"#, "uniqueWindowMs"),
        (#""onClash": "existing""#, "onClash"), (#""onClash": "refuse""#, "onClash"),
        (#""uniqueKey": null, "onClash": "existing""#, "onClash"),
    ])
    func `a job that contradicts itself is refused by that field, alone, among others and as a task`(
        terms: String,
        field: String
    ) async throws {
        try await TestServer.virtual { server in
            let job = #"{"kind": "k", \#(terms)}"#
            for (path, body, name) in [
                ("/v1/jobs", job, field), ("/v1/suggestions", job, field),
                ("/v1/jobs/batch", #"{"jobs": [{"kind": "a"}, \#(job)]}"#, "jobs[1].\(field)"),
                ("/v1/jobs", #"{"kind": "p", "tasks": [\#(job)]}"#, "tasks[0].\(field)"),
            ] {
                let answer = try await server.ask(.POST, path, body, is: 422)
                #expect(try answer.fields() == [name], "\(answer.text)")
            }
            let page = try await server.ask(.GET, "/v1/jobs").object()
            #expect((page["jobs"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `a job that runs and expires at one moment is taken`() async throws {
        try await TestServer.virtual { server in
            try await server.job(#"{"kind": "k", "runAt": "\#(Self.later)", "expiresAt": "\#(Self.later)"}"#)
            try await server.job(#"{"kind": "k", "delayMs": 3600000, "expiresAt": "\#(Self.sooner)"}"#)
        }
    }

    @Test func `a job can't be put off beyond the moment at which it expires`() async throws {
        try await TestServer.virtual { server in
            try await server.job(#"{"kind": "k", "expiresAt": "\#(Self.sooner)"}"#)
            let change = #"{"runAt": "\#(Self.later)"}"#
            let answer = try await server.ask(.PATCH, "/v1/jobs/1", change, is: 422)
            #expect(try answer.fields() == ["runAt"])
        }
    }

    @Test(arguments: ["priority", "runAt", "tags", "attributes", "requirements"])
    func `null in a change of a job is refused, and changes nothing`(field: String) async throws {
        try await TestServer.virtual { server in
            try await server.job(
                #"""
                {"kind": "k", "priority": 3, "runAt": "\#(Self.later)", "tags": ["t"], "attributes": {"a": "b"},
                 "requirements": {"cpuMillis": 5}}
                """#
            )
            let before = try await server.ask(.GET, "/v1/jobs/1")
            let answer = try await server.ask(.PATCH, "/v1/jobs/1", #"{"\#(field)": null}"#, is: 422)
            #expect(try answer.fields() == [field])
            #expect(try await server.ask(.GET, "/v1/jobs/1").text == before.text)
        }
    }

    @Test func `what null might have meant can be said`() async throws {
        try await TestServer.virtual { server in
            try await server.job(
                #"{"kind": "k", "runAt": "\#(Self.later)", "tags": ["t"], "attributes": {"a": "b"}}"#
            )
            let change = #"{"runAt": "2023-11-14T00:00:00Z", "tags": [], "attributes": {}}"#
            try await server.ask(.PATCH, "/v1/jobs/1", change, is: 204)
            let job = try await server.ask(.GET, "/v1/jobs/1").object()
            #expect(job["state"] as? String == "ready")
            #expect((job["tags"] as? [Any])?.isEmpty == true)
            #expect((job["attributes"] as? [String: Any])?.isEmpty == true)
        }
    }

    @Test func `a filter of nothing is refused, and so is a list of no states`() async throws {
        try await TestServer.virtual { server in
            for (filter, field) in [("{}", "filter"), (#"{"state": [], "kind": "k"}"#, "filter.state")] {
                let answer = try await server.ask(.POST, "/v1/jobs/hold", #"{"filter": \#(filter)}"#, is: 422)
                #expect(try answer.fields() == [field])
            }
        }
    }
}
