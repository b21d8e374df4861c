import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill
import WaybillHTTP
import WaybillJSON

/// Moments (RFC 3339): what the description says is taken is taken, and what is given out keeps to it.
struct TimeContractTests {
    /// What a field of the description says of its texts.
    private func pattern(_ schema: String, _ field: String, _ server: TestServer) async throws -> Regex<
        AnyRegexOutput
    > {
        let document = try await server.send(.GET, "/openapi.json").object()
        let components = try #require(
            (document["components"] as? [String: Any])?["schemas"] as? [String: Any]
        )
        let properties = (components[schema] as? [String: Any])?["properties"] as? [String: Any]
        var found = try #require(properties?[field] as? [String: Any])
        if let choices = found["anyOf"] as? [[String: Any]] { found = choices[0] }
        return try Regex(try #require(found["pattern"] as? String, "\(found)"))
    }

    private static let good = [
        "1678-01-01T00:00:00+23:59", "1969-12-31T23:59:59.999999999Z", "1699-12-31T23:59:59Z",
        "2200-06-01 12:00:00z",
        "2261-12-31T23:59:59-23:59",
        "2199-12-31T23:59:59-01:00", "2026-11-20t09:30:00.123456789+00:00",
    ]

    private static let bad = [
        ("1677-09-20T00:00:00Z", "must lie in the years 1678 to 2261"),
        ("9999-12-31T23:59:59Z", "must lie in the years 1678 to 2261"),
        ("2262-04-12T00:00:00Z", "must lie in the years 1678 to 2261"),
        ("2016-12-31T23:59:60Z", "is in a leap second"),
        ("2026-11-20T09:30:00.1234567890Z", "must have at most nine digits"),
        ("2026-11-20T09:30:00", "must be an RFC 3339 time"),
        ("2026-11-20T09:30:00.Z", "must be an RFC 3339 time"),
        ("20.11.2026", "must be an RFC 3339 time"),
    ]

    @Test func `each time that the description allows is taken, and comes back as the same moment`()
        async throws
    {
        try await TestServer.virtual { server in
            let (taken, given) = (
                try await pattern("JobChange", "runAt", server), try await pattern("Point", "time", server)
            )
            try await server.job()
            for (index, text) in Self.good.enumerated() {
                #expect(text.contains(taken), "\(text)")
                let point = #"{"step": \#(index), "value": 1, "time": "\#(text)"}"#
                try await server.ask(.POST, "/v1/jobs/1/series/a", #"{"points": [\#(point)]}"#, is: 204)
                let points =
                    try await server.ask(.GET, "/v1/jobs/1/series/a").object()["points"] as? [[String: Any]]
                let time = try #require(points?.last?["time"] as? String)
                #expect(time.contains(given), "\(time)")
                #expect(try Timestamp(rfc3339: time) == Timestamp(rfc3339: text))
            }
        }
    }

    @Test(arguments: [Int64.min, Int64.min + 1, -1_000_000_000, -1, 0, Int64.max])
    func `each moment that can be told can be read`(nanoseconds: Int64) throws {
        let moment = Timestamp(nanoseconds: nanoseconds)
        #expect(try Timestamp(rfc3339: moment.rfc3339) == moment)
    }

    @Test func `a time that is refused is refused for what is wrong with it`() async throws {
        try await TestServer.virtual { server in
            let taken = try await pattern("JobChange", "runAt", server)
            try await server.job()
            for (text, reason) in Self.bad {
                #expect(!text.contains(taken), "\(text)")
                let point = #"{"step": 1, "value": 1, "time": "\#(text)"}"#
                let answer = try await server.ask(
                    .POST,
                    "/v1/jobs/1/series/a",
                    #"{"points": [\#(point)]}"#,
                    is: 422
                )
                #expect(answer.text.contains(reason), "\(text): \(answer.text)")
            }
        }
    }
}
