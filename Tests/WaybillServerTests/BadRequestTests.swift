import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill

/// What no server should take: each gets its status and a problem, changes nothing, and the server goes on.
struct BadRequestTests {
    private static let json = ["Content-Type": "application/json"]

    struct Bad: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let method: HTTPMethod
        let path: String
        let body: [UInt8]?
        let headers: [String: String]
        let status: Int

        init(
            _ name: String,
            _ method: HTTPMethod,
            _ path: String,
            _ body: String? = nil,
            bytes: [UInt8]? = nil,
            _ headers: [String: String] = json,
            is status: Int
        ) {
            testDescription = name
            self.method = method
            self.path = path
            self.body = bytes ?? body.map { Array($0.utf8) }
            self.headers = headers
            self.status = status
        }
    }

    static let all = [
        Bad("a truncated object", .POST, "/v1/jobs", #"{"kind": "k""#, is: 400),
        Bad("no body", .POST, "/v1/jobs", "", is: 400),
        Bad("a list instead of an object", .POST, "/v1/jobs", "[]", is: 422),
        Bad("a number as a text", .POST, "/v1/jobs", #"{"kind": 7}"#, is: 422),
        Bad("a text as a number", .POST, "/v1/jobs", #"{"kind": "k", "priority": "high"}"#, is: 422),
        Bad(
            "bytes that are no UTF-8",
            .POST,
            "/v1/jobs",
            bytes: [0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d],
            is: 400
        ),
        Bad("half a surrogate pair", .POST, "/v1/jobs", #"{"kind": "\ud800"}"#, is: 400),
        Bad("NaN, which JSON lacks", .POST, "/v1/jobs", #"{"kind": "k", "priority": NaN}"#, is: 400),
        Bad("deep nesting", .POST, "/v1/jobs", String(repeating: "[", count: 100_000), is: 400),
        Bad("a member twice", .POST, "/v1/jobs", #"{"kind": "a", "kind": "b"}"#, is: 400),
        Bad("an unknown member", .POST, "/v1/jobs", #"{"kind": "k", "prioritty": 1}"#, is: 422),
        Bad("text after the value", .POST, "/v1/jobs", #"{"kind": "k"} {}"#, is: 400),
        Bad(
            "a form",
            .POST,
            "/v1/jobs",
            "kind=k",
            ["Content-Type": "application/x-www-form-urlencoded"],
            is: 415
        ),
        Bad("a text", .POST, "/v1/jobs", "{}", ["Content-Type": "text/plain"], is: 415),
        Bad(
            "a packed body",
            .POST,
            "/v1/jobs",
            "{}",
            json.merging(["Content-Encoding": "gzip"]) { $1 },
            is: 415
        ),
        Bad("a body over the limit", .POST, "/v1/jobs", String(repeating: " ", count: 5 << 20), is: 413),
        Bad("a payload over the limit", .POST, "/v1/jobs", #"{"kind": "k", "payload": "\#(long)"}"#, is: 413),
        Bad("a name over the limit", .POST, "/v1/jobs", #"{"kind": "\#(long.prefix(300))"}"#, is: 422),
        Bad("a number that is none", .GET, "/v1/jobs/first", is: 422),
        Bad("a negative number", .GET, "/v1/jobs/-1", is: 422),
        Bad("number 0", .GET, "/v1/jobs/0", is: 422),
        Bad("2^63", .GET, "/v1/jobs/9223372036854775808", is: 404),
        Bad("2^64", .GET, "/v1/jobs/18446744073709551616", is: 422),
        Bad("a way out of the folder", .GET, "/v1/jobs/../../etc/passwd", is: 404),
        Bad("the same, encoded", .GET, "/v1/jobs/%2e%2e%2f%2e%2e", is: 422),
        Bad("an unknown parameter", .GET, "/v1/jobs?stat=ready", is: 422),
        Bad("a parameter twice", .GET, "/v1/jobs?limit=1&limit=2", is: 422),
        Bad("a limit beyond the limit", .GET, "/v1/jobs?limit=1001", is: 422),
        Bad("a token that was never given", .POST, "/v1/leases/1.999/complete", "{}", is: 409),
        Bad("a token that is none", .POST, "/v1/leases/mine/complete", "{}", is: 422),
        Bad(
            "a version that is old",
            .POST,
            "/v1/jobs/1/hold",
            "{}",
            json.merging(["If-Match": "\"1\""]) { $1 },
            is: 412
        ),
        Bad(
            "a version that is none",
            .POST,
            "/v1/jobs/1/hold",
            "{}",
            json.merging(["If-Match": "1"]) { $1 },
            is: 400
        ),
        Bad(
            "a used key",
            .POST,
            "/v1/jobs",
            #"{"kind": "other"}"#,
            json.merging(["Idempotency-Key": longestKey]) { $1 },
            is: 422
        ),
        Bad(
            "a key that can't be seen",
            .POST,
            "/v1/jobs",
            #"{"kind": "k"}"#,
            json.merging(["Idempotency-Key": "a b"]) { $1 },
            is: 400
        ),
        Bad(
            "a key that is longer than a name",
            .POST,
            "/v1/jobs",
            #"{"kind": "k"}"#,
            json.merging(["Idempotency-Key": longestKey + "k"]) { $1 },
            is: 400
        ),
        Bad(
            "a page from elsewhere",
            .POST,
            "/v1/jobs",
            #"{"kind": "k"}"#,
            json.merging(["Origin": "https://evil.example"]) { $1 },
            is: 403
        ),
        Bad("a method that nobody knows", .RAW(value: "BREW"), "/v1/jobs", is: 400),
        Bad("a method that nobody serves", .RAW(value: "PURGE"), "/v1/jobs", is: 405),
        Bad("a wait without end", .POST, "/v1/dispatch", #"{"worker": "w", "waitMs": 86400000}"#, is: 422),
    ]
    private static let longestKey = String(repeating: "k", count: 256)
    private static let long = String(repeating: "x", count: 300_000)

    @Test func `each is refused for what it is, and nothing is changed`() async throws {
        try await TestServer.run { server in
            let created = try await server.post(
                "/v1/jobs",
                #"{"kind": "k"}"#,
                ["Idempotency-Key": Self.longestKey]
            )
            #expect(created.status == 201)
            let before = server.engine.durableSequence
            for bad in Self.all {
                let answer = try await server.send(bad.method, bad.path, bad.body, bad.headers)
                #expect(answer.status == bad.status, "\(bad.testDescription): \(answer.text.prefix(300))")
                #expect(
                    answer.headers.first(name: "Content-Type") == "application/problem+json",
                    "\(bad.testDescription)"
                )
                let problem = try answer.object()
                #expect(problem["status"] as? Int == bad.status)
                #expect(problem["detail"] is String)
                #expect(problem["code"] is String)
                #expect(problem["instance"] is String)
            }
            #expect(server.engine.durableSequence == before)
            let after = try await server.get("/v1/jobs/1")
            #expect(after.status == 200)
        }
    }
}
