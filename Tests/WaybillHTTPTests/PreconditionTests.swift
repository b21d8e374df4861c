import NIOHTTP1
import ServerTestSupport
import Testing

@testable import WaybillHTTP

/// What a client knows and expects of versions (RFC 9110, 8.8.3 and 13.1).
struct PreconditionTests {
    /// The number has version 1, whose tag is `"1"`.
    @Test(arguments: [
        ("\"1\"", 304), ("W/\"1\"", 304), ("*", 304), ("\"0\", \"1\"", 304), ("\"0\" ,\t\"1\"", 304),
        ("\"0\",,W/\"1\" ,", 304), ("\"a,b\", \"1\"", 304), ("\"2\"", 200), ("\"a,1\"", 200), ("\"01\"", 200),
        ("\"\"", 200), ("1", 400), ("\"1", 400), ("\"0\" \"1\"", 400), ("\"1\", *", 400), ("w/\"1\"", 400),
        ("W/1", 400), ("\"1\" 2\"", 400), (",", 400),
    ])
    func `a read of what the client may have already`(known: String, status: Int) async throws {
        try await CounterServer.run { server in
            try await server.post("/count", #"{"by": 7}"#)
            for method in [HTTPMethod.GET, .HEAD] {
                let answer = try await server.send(method, "/count", nil, ["If-None-Match": known])
                #expect(answer.status == status, "\(answer.text)")
                #expect(answer.headers.first(name: "ETag") == (status == 400 ? nil : "\"1\""))
                #expect(answer.body.isEmpty == (status == 304 || method == .HEAD))
            }
        }
    }

    /// A condition on what is expected goes first (13.2.2), and is of strong comparison.
    @Test(arguments: [
        ("\"1\"", nil, 200), ("\"0\", \"1\"", nil, 200), ("*", nil, 200), ("\"2\"", nil, 412),
        ("W/\"1\"", nil, 412),
        ("1", nil, 400), ("\"1\"", "\"1\"", 304), ("\"2\"", "\"1\"", 412),
    ])
    func `a read of a version that the client expects`(expected: String, known: String?, status: Int)
        async throws
    {
        try await CounterServer.run { server in
            try await server.post("/count", #"{"by": 7}"#)
            var headers = ["If-Match": expected]
            headers["If-None-Match"] = known
            let answer = try await server.get("/count", headers)
            #expect(answer.status == status, "\(answer.text)")
        }
    }

    @Test func `what has no version has none that is expected, and is there all the same`() async throws {
        try await CounterServer.run { server in
            #expect(try await server.get("/digits/1", ["If-Match": "\"1\""]).status == 412)
            #expect(try await server.get("/digits/1", ["If-Match": "*"]).status == 200)
            let missing = try await server.get("/nowhere", ["If-Match": "\"1\""])
            #expect(missing.status == 404)
        }
    }

    /// Lines of one field are one list (5.3).
    @Test func `several lines are one list`() async throws {
        try await CounterServer.run { server in
            let head = "GET /count HTTP/1.1\r\nHost: localhost\r\n"
            let lines = "If-None-Match: \"7\"\r\nIf-None-Match: \"0\"\r\n\r\n"
            let answer = try await server.raw(Array((head + lines).utf8))
            #expect(answer.hasPrefix("HTTP/1.1 304 "), "\(answer)")
        }
    }

    /// RFC 9110, 15.5.16 and 12.5.3.
    @Test func `a refused type and coding come with those that are taken`() async throws {
        try await CounterServer.run { server in
            let form = ["Content-Type": "application/x-www-form-urlencoded"]
            let typed = try await server.post("/count", "by=1", form)
            #expect(typed.status == 415)
            #expect(typed.headers.first(name: "Accept") == "application/json, application/*+json")
            #expect(typed.text.contains("application/json"))
            let packed = try await server.post("/count", "{}", ["Content-Encoding": "gzip"])
            #expect(packed.status == 415)
            #expect(packed.headers.first(name: "Accept-Encoding") == "identity")
            #expect(!packed.headers.contains(name: "Accept"))
        }
    }
}
