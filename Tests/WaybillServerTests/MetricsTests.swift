import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing

/// What Prometheus scrapes.
struct MetricsTests {
    @Test func `jobs, attempts and requests are counted`() async throws {
        try await TestServer.run { server in
            for _ in 1...3 { try await server.post("/v1/jobs", #"{"kind": "k", "queue": "a\"b"}"#) }
            let taken = try await server.post("/v1/dispatch", #"{"worker": "w"}"#).object()
            let lease = try #require((taken["leases"] as? [[String: Any]])?.first)
            try await server.post("/v1/leases/\(lease["token"] ?? "")/complete", "{}")
            let page = try await server.get("/metrics")
            #expect(page.headers.first(name: "Content-Type") == "text/plain; version=0.0.4")
            let lines = Set(page.text.split(separator: "\n").map(String.init))
            #expect(lines.contains(#"waybill_jobs{queue="a\"b",state="ready"} 2"#))
            #expect(lines.contains(#"waybill_jobs{queue="a\"b",state="succeeded"} 1"#))
            #expect(lines.contains(#"waybill_attempts_total{queue="a\"b",outcome="succeeded"} 1"#))
            #expect(lines.contains(#"waybill_transitions_total{event="created"} 3"#))
            #expect(lines.contains("waybill_wait_seconds_count 1"))
            #expect(
                lines.contains(
                    #"waybill_http_request_seconds_count{method="POST",path="/v1/jobs",status="201"} 3"#
                )
            )
        }
    }

    @Test func `every sample belongs to a family that is announced, and buckets only grow`() async throws {
        try await TestServer.run { server in
            try await server.post("/v1/jobs", #"{"kind": "k"}"#)
            var family = ""
            var last: [String: Double] = [:]
            for line in try await server.get("/metrics").text.split(separator: "\n") {
                let words = line.split(separator: " ")
                if line.hasPrefix("#") {
                    family = String(words[2])
                    continue
                }
                #expect(line.hasPrefix(family), "\(line)")
                let value = try #require(Double(words[words.count - 1]), "\(line)")
                guard let le = line.range(of: "le=") else { continue }
                let series = String(line[..<le.lowerBound])
                #expect(value >= last[series] ?? 0, "\(line)")
                last[series] = value
            }
        }
    }
}
