import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing

/// HTTP/1.1 to the letter (RFC 9112), where a message says something that proxies or browsers could read otherwise.
struct MessageSyntaxTests {
    private static let chunks = "4\r\n{\"by\r\n5\r\n\": 1}\r\n0\r\n\r\n"

    /// RFC 9112, 3.2: an HTTP/1.1 request without a Host, with two or with an unsound one is a 400.
    @Test(arguments: [
        "GET /count HTTP/1.1\r\n\r\n",
        "GET http://localhost/count HTTP/1.1\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: local host\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: localhost:http\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: me@localhost\r\n\r\n",
        "GET /count HTTP/1.1\r\nHost: localhost, evil.example\r\n\r\n",
    ])
    func `a request that doesn't say which host it means`(request: String) async throws {
        try await CounterServer.run { server in
            let answer = try await server.raw(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
            #expect(answer.contains("application/problem+json"))
        }
    }

    @Test func `the host's name is the same in upper case, and the old version needs none`() async throws {
        try await CounterServer.run { server in
            #expect(try await server.get("/count", ["Host": "LOCALHOST:80"]).status == 200)
            let old = try await server.raw(Array("GET /count HTTP/1.0\r\n\r\n".utf8))
            #expect(old.hasPrefix("HTTP/1.1 200 "))
        }
    }

    /// RFC 9112, 3.2.2: the host in the target replaces that of the field, so the guard against other names goes by it.
    @Test(arguments: [
        ("http://localhost/count", "localhost", "200"), ("HTTP://127.0.0.1:80/count?", "localhost", "200"),
        ("http://localhost?minSequence=0", "localhost", "404"),
        ("http://localhost/count", "evil.example", "200"),
        ("http://evil.example/count", "localhost", "421"), ("http://evil.example", "localhost", "421"),
        ("https://localhost/count", "localhost", "421"), ("ftp://localhost/count", "localhost", "421"),
        ("http:///count", "localhost", "400"), ("http://me@localhost/count", "localhost", "400"),
        ("/count#part", "localhost", "400"),
    ])
    func `a target in absolute form`(target: String, host: String, status: String) async throws {
        try await CounterServer.run { server in
            let answer = try await server.raw(Array("GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
        }
    }

    @Test func `a page that is known by another name commands nothing by a target in absolute form`()
        async throws
    {
        try await CounterServer.run { server in
            let head = "POST http://evil.example/count HTTP/1.1\r\nHost: localhost\r\n"
            let rest = "Origin: http://evil.example\r\nContent-Length: 9\r\n\r\n{\"by\": 1}"
            let answer = try await server.raw(Array((head + rest).utf8))
            #expect(answer.hasPrefix("HTTP/1.1 421 "), "\(answer)")
            #expect(server.counter.count == 0)
        }
    }

    /// RFC 9112, 6.1 and 6.3: an unknown coding is a 501, and a body whose end can't be known a 400.
    @Test(arguments: [
        ("chunked", "204"), ("Chunked", "204"), ("gzip, chunked", "501"),
        ("gzip\r\nTransfer-Encoding: chunked", "501"),
        ("identity, chunked", "501"), ("gzip", "400"), ("chunked, gzip", "400"), ("chunked, chunked", "400"),
        ("chunked\r\nContent-Length: 9", "400"), ("", "400"), ("\r\nContent-Length: 9", "400"), (",", "400"),
        ("\r\nTransfer-Encoding: chunked", "204"),
    ])
    func `a transfer coding`(coding: String, status: String) async throws {
        try await CounterServer.run { server in
            let head = "POST /count HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            let request = "\(head)Transfer-Encoding: \(coding)\r\n\r\n\(Self.chunks)"
            let answer = try await server.raw(Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
            #expect(server.counter.count == (status == "204" ? 1 : 0))
        }
    }

    @Test func `the old version has no transfer codings`() async throws {
        try await CounterServer.run { server in
            let head = "POST /count HTTP/1.0\r\nContent-Type: application/json\r\n"
            let answer = try await server.raw(
                Array("\(head)Transfer-Encoding: chunked\r\n\r\n\(Self.chunks)".utf8)
            )
            #expect(answer.hasPrefix("HTTP/1.1 400 "), "\(answer)")
        }
    }

    /// RFC 9112, 6.3: whoever reads the field as chunked, in front of this server, sends the second request as a body.
    @Test(arguments: ["", "\r\nContent-Length: 0", ","])
    func `what follows a transfer coding that says nothing is no request`(coding: String) async throws {
        try await CounterServer.run { server in
            let head = "POST /count HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: \(coding)\r\n\r\n"
            let answers = try await server.raw(
                Array("\(head)GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
            )
            let statuses = answers.matches(of: #/HTTP/1\.1 (\d+)/#).map { String($0.1) }
            #expect(statuses == ["400"], "\(answers)")
        }
    }

    @Test func `what came before an unsound request on a connection is answered before it`() async throws {
        try await CounterServer.run { server in
            let sound = "GET /count HTTP/1.1\r\nHost: localhost\r\n\r\n"
            for unsound in ["GET /count HTTP/1.1\r\n\r\n", "GARBAGE\r\n\r\n"] {
                let answers = try await server.raw(Array((sound + sound + unsound + sound).utf8))
                let statuses = answers.matches(of: #/HTTP/1\.1 (\d+)/#).map { String($0.1) }
                #expect(statuses == ["200", "200", "400"], "\(answers)")
            }
        }
    }

    /// RFC 9110, 8.6: the length in an answer to HEAD is that of GET, or isn't said; no chunk follows either.
    @Test(arguments: [
        ("/live", nil), ("/digits/70", "70"), ("/digits/200000", "200000"), ("/nowhere", "154"),
    ])
    func `HEAD says the length that GET has, or none`(path: String, length: String?) async throws {
        try await CounterServer.run { server in
            let head = "HEAD \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"
            let answers = try await server.raw(Array((head + head).utf8))
            let parts = answers.components(separatedBy: "\r\n\r\n")
            #expect(parts.count == 3, "\(answers)")
            #expect(parts.last == "")
            for part in parts.dropLast() {
                #expect(part.firstMatch(of: /(?i)content-length: (\d+)/).map { String($0.1) } == length)
            }
            guard length != nil else { return }
            let whole = try await server.get(path)
            #expect(whole.headers.first(name: "Content-Length") == length)
        }
    }

    /// RFC 9112, 6.1: a client that doesn't know chunks gets none; the end of the connection is the end.
    @Test func `a live answer to a client of the old version has no chunks`() async throws {
        try await CounterServer.run { server in
            let answer = try await server.raw(Array("GET /live HTTP/1.0\r\n\r\n".utf8), halfCloses: false)
            #expect(answer.hasSuffix("\r\n\r\none two "), "\(answer)")
            #expect(!answer.lowercased().contains("transfer-encoding"))
        }
    }

    /// RFC 9110, 10.1.1: a client of the old version knows no answer before the answer.
    @Test(arguments: [("1.1", "HTTP/1.1 100 "), ("1.0", "HTTP/1.1 204 ")])
    func `a client that expects to be told to go on is told so, if it can understand`(
        version: String,
        beginning: String
    ) async throws {
        try await CounterServer.run { server in
            let head = "POST /count HTTP/\(version)\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            let rest = "Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"by\": 1}"
            let answer = try await server.raw(Array((head + rest).utf8))
            #expect(answer.hasPrefix(beginning), "\(answer)")
            #expect(server.counter.count == 1)
        }
    }

    @Test(arguments: ["close", "Close", "Keep-Alive, CLOSE"])
    func `a client that wants no more gets the end`(option: String) async throws {
        try await CounterServer.run { server in
            let head = "GET /count HTTP/1.1\r\nHost: localhost\r\nConnection: \(option)\r\n\r\n"
            let answer = try await server.raw(Array(head.utf8), halfCloses: false)
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }
}
