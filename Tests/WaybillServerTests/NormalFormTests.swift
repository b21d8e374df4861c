import NIOHTTP1
import ServerTestSupport
import Testing

/// Names that differ only in Unicode normal form are two over HTTP too: RFC 8259 §8.3 compares code units.
struct NormalFormTests {
    private static let (composed, decomposed) = ("caf\u{e9}", "cafe\u{301}")

    @Test func `a payload with both members is JSON, and comes back byte for byte`() async throws {
        try await TestServer.run { server in
            let payload = #"{"\#(Self.composed)":1,"\#(Self.decomposed)":2,"cafe\u0301x":3}"#
            try await server.ask(.POST, "/v1/jobs", #"{"kind":"k","payload":\#(payload)}"#, is: 201)
            let job = try await server.get("/v1/jobs/1").text
            #expect(job.utf8.firstRange(of: payload.utf8) != nil, "\(job)")
            let twice = #"{"kind":"k","payload":{"cafe\u0301":1,"\#(Self.decomposed)":2}}"#
            try await server.ask(.POST, "/v1/jobs", twice, is: 400)
        }
    }

    @Test func `two unique keys are no clash, and two queues are two`() async throws {
        try await TestServer.run { server in
            for name in [Self.composed, Self.decomposed] {
                let job = #"{"kind":"k","queue":"\#(name)","uniqueKey":"\#(name)"}"#
                try await server.ask(.POST, "/v1/jobs", job, is: 201)
                try await server.ask(.POST, "/v1/jobs", job, is: 409)
            }
            #expect(try await server.get("/v1/jobs?queue=caf%C3%A9").text.contains(#""id":1"#))
            #expect(try await server.get("/v1/jobs?queue=cafe%CC%81").text.contains(#""id":2"#))
            let queue = try await server.get("/v1/queues/cafe%CC%81").text
            #expect(queue.utf8.firstRange(of: #""name":"\#(Self.decomposed)""#.utf8) != nil)
        }
    }

    @Test func `attributes keep both spellings of a key`() async throws {
        try await TestServer.run { server in
            let both = #"{"\#(Self.composed)":"1","\#(Self.decomposed)":"2"}"#
            try await server.ask(.POST, "/v1/jobs", #"{"kind":"k","attributes":\#(both)}"#, is: 201)
            let text = try await server.get("/v1/jobs/1").text
            for pair in [#""\#(Self.composed)":"1""#, #""\#(Self.decomposed)":"2""#] {
                #expect(text.utf8.firstRange(of: pair.utf8) != nil, "\(text)")
            }
        }
    }

    /// To Swift, CR and LF are one character, and a quote is one with the accent behind it.
    @Test func `no name breaks a line of the metrics`() async throws {
        try await TestServer.run { server in
            let queue = #"a\r\nb\"\u0301c\\\u0301"#
            try await server.ask(.POST, "/v1/jobs", #"{"kind":"k","queue":"\#(queue)"}"#, is: 201)
            let page = try await server.get("/metrics").text
            let label = "queue=\"a\r\\nb\\\"\u{301}c\\\\\u{301}\",state=\"ready\"} 1\n"
            #expect(page.utf8.firstRange(of: label.utf8) != nil)
        }
    }
}
