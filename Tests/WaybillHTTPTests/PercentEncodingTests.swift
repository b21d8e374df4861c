import ServerTestSupport
import Testing

@testable import WaybillHTTP

/// Escapes in paths and queries (RFC 3986, 2.1 and 6.2.2.2; the URL standard, 5.1).
struct PercentEncodingTests {
    @Test(arguments: [
        "/digits/%37%30", "/%64igits/70", "/%64%69gits/7%30", "http://localhost/digits/%37%30",
    ])
    func `what needs no escape may have one in any part of a path`(path: String) async throws {
        try await CounterServer.run { server in
            let answer = try await server.get(path)
            #expect(answer.status == 200)
            #expect(answer.body.count == 70)
        }
    }

    @Test(arguments: [
        "/digits/%3", "/digits/%", "/digits/%zz", "/digit%/7", "/echo?text=%", "/echo?text=%3",
        "/echo?text=%zz",
        "/echo?%=a", "/echo?text=%ff", "/echo/%ff", "/ws/%",
    ])
    func `an escape that is broken, or no UTF-8, is refused wherever it stands`(path: String) async throws {
        try await CounterServer.run { server in
            let answer = try await server.get(path)
            #expect(answer.status == 400, "\(answer.text)")
            #expect(try answer.object()["code"] as? String == "malformed")
        }
    }

    @Test(arguments: [
        ("text=a%20b", "a b"), ("text=a+b", "a b"), ("text=a%2Bb", "a+b"), ("te%78t=a", "a"),
        ("%74%65xt=%61", "a"),
        ("text=a%3Db%26c", "a=b&c"), ("text=a=b", "a=b"), ("text=", ""), ("text", ""), ("&text=a&", "a"),
        ("text=caf%c3%a9", "café"), ("text=%252B", "%2B"),
    ])
    func `a query as programs, forms and URLSearchParams write it`(query: String, text: String) async throws {
        try await CounterServer.run { server in
            let answer = try await server.get("/echo?\(query)")
            #expect(answer.text == text)
        }
    }

    @Test(arguments: [("a+b", "a+b"), ("a%2fb%20c", "a/b c"), ("%2e%2e", "..")])
    func `a plus in a path is a plus, and an escaped slash is part of a name`(part: String, text: String)
        async throws
    {
        try await CounterServer.run { server in
            let answer = try await server.get("/echo/\(part)")
            #expect(answer.text == text)
        }
    }

    @Test func `a name that is unknown is refused under the name that it means`() async throws {
        try await CounterServer.run { server in
            let answer = try await server.get("/echo?te%78tt=a")
            #expect(answer.status == 422)
            #expect(try answer.object()["detail"] as? String == "textt is not a parameter here")
        }
    }

    @Test func `a socket's name may be escaped`() async throws {
        try await CounterServer.run { server in
            for path in ["/ws/%61da", "/%77s/ad%61"] {
                try await server.socket(path) { socket in
                    let said = try await socket.text()
                    #expect(said["name"] as? String == "ada")
                }
            }
        }
    }

    @Test(arguments: [
        ("/a%2Fb%7e", "/a%2Fb~"), ("/%c3%a9", "/%C3%A9"), ("/%25", "/%25"), ("/", "/"),
    ])
    func `one form for each path`(path: String, form: String) {
        #expect(PercentEncoding.normalized(path) == form)
    }
}
