import Foundation
import NIOHTTP1
import ServerTestSupport
import Testing
import Waybill
import WaybillHTTP

struct EventStreamTests {
    /// What a client reads of a stream until it has seen enough.
    private func read(
        _ server: TestServer,
        _ query: String,
        _ headers: [String: String] = [:],
        begun: @escaping () async throws -> Void = {},
        until isEnough: ([SentEvent]) -> Bool
    ) async throws -> [SentEvent] {
        var reader = SentEventReader()
        var isBegun = false
        try await server.follow("/v1/events\(query)", headers) { line in
            if !isBegun { try await begun() }
            isBegun = true
            reader.take(line)
            return isEnough(reader.events)
        }
        return reader.events
    }

    @Test func `from the beginning, and on from the last one seen, without gap or repeat`() async throws {
        try await TestServer.run { server in
            for _ in 1...20 { try await server.job() }
            let all = try await read(server, "?from=start&types=job.created") { $0.count == 20 }
            #expect(all.map(\.job) == Array(1...20))
            #expect(all.allSatisfy { $0.name == "job.created" })
            let last = ["Last-Event-ID": all[6].id]
            let rest = try await read(server, "?types=job.created&from=start", last) { $0.count == 13 }
            #expect(rest.map(\.job) == Array(8...20))
            let fromID = try await read(server, "?types=job.created&from=\(all[17].id)") { $0.count == 2 }
            #expect(fromID.map(\.job) == [19, 20])
            let sequence = try #require(all[18].id.split(separator: ".").last)
            let fromSequence = try await read(server, "?from=\(sequence)") { $0.count == 1 }
            #expect(fromSequence.map(\.job) == [20])
        }
    }

    /// WHATWG HTML, 9.2.6: a block with an id alone sets the last event's id, and is no event.
    @Test func `a follower that is cut off before anything matched goes on where it began`() async throws {
        try await TestServer.run { server in
            try await server.job()
            var head: [String] = []
            try await server.follow("/v1/events?types=job.cancelled") { line in
                head.append(line)
                return head.count == 2
            }
            #expect(head == ["id: 1.2", ""])
            try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204)
            try await server.job()
            let last = ["Last-Event-ID": String(head[0].dropFirst(4))]
            let events = try await read(server, "?types=job.cancelled", last) { $0.count == 1 }
            #expect(events.map(\.job) == [1])
        }
    }

    @Test func `a job's follower hears of its tasks before it is born and after it is pruned`() async throws {
        try await TestServer.run { server in
            let film =
                #"{"kind": "film", "onTaskFailure": "ignore", "tasks": [{"kind": "f"}, {"kind": "f"}]}"#
            let events = try await read(server, "?subject=1") {
                try await server.job(film)
                try await server.job()
                try await server.ask(.POST, "/v1/jobs/cancel", #"{"jobs": [1, 2, 3, 4]}"#)
                try await server.ask(.DELETE, "/v1/jobs/1", is: 204)
                try await server.ask(.DELETE, "/v1/jobs/2", is: 204)
                try await server.ask(.DELETE, "/v1/jobs/3", is: 204)
            } until: {
                $0.last?.name == "job.pruned" && $0.last?.job == 3
            }
            #expect(Set(events.map(\.job)) == [1, 2, 3])
            #expect(events.filter { $0.name == "job.pruned" }.map(\.job) == [1, 2, 3])
            let late = try await read(server, "?subject=1&from=start&types=job.pruned") { $0.count == 3 }
            #expect(late.map(\.job) == [1, 2, 3])
            let place = ["Last-Event-ID": late[0].id]
            let rest = try await read(server, "?subject=1", place) { $0.count == 2 }
            #expect(rest.map(\.job) == [2, 3])
        }
    }

    /// RFC 9110, 8.6: a stream has no length that could be told.
    @Test func `HEAD of the stream says no length, and takes nobody's place`() async throws {
        try await TestServer.run(limits: ServerLimits(liveClients: 1)) { server in
            for _ in 1...3 {
                let answer = try await server.send(.HEAD, "/v1/events?from=start")
                #expect(answer.status == 200)
                #expect(answer.headers.first(name: "Content-Type") == "text/event-stream")
                #expect(!answer.headers.contains(name: "Content-Length"))
            }
        }
    }

    @Test func `live from now on, of one job and its tasks`() async throws {
        try await TestServer.run { server in
            try await server.job(#"{"kind": "film", "tasks": [{"kind": "f"}, {"kind": "f"}]}"#)
            try await server.job()
            let events = try await read(server, "?subject=1") {
                try await server.ask(.POST, "/v1/jobs/4/hold", is: 204)
                try await server.ask(.POST, "/v1/jobs/2/hold", is: 204)
                try await server.ask(.POST, "/v1/jobs/1/cancel", is: 204)
            } until: {
                $0.count >= 4
            }
            #expect(events.first?.name == "job.updated")
            #expect(events.first?.job == 2)
            #expect(Set(events.map(\.job)) == [1, 2, 3])
        }
    }

    @Test func `of a queue, a kind and a tag`() async throws {
        try await TestServer.run { server in
            try await server.job(#"{"kind": "a", "queue": "q", "tags": ["t"]}"#)
            try await server.job(#"{"kind": "b", "queue": "q", "tags": ["t"]}"#)
            try await server.job(#"{"kind": "a", "queue": "p", "tags": ["t"]}"#)
            try await server.job(#"{"kind": "a", "queue": "q", "tags": ["t"]}"#)
            let events = try await read(server, "?from=0&queue=q&kind=a&tag=t") { $0.count == 2 }
            #expect(events.map(\.job) == [1, 4])
        }
    }

    @Test func `a sign of life where nothing happens`() async throws {
        try await TestServer.run(limits: ServerLimits(ping: .milliseconds(1))) { server in
            var pings = 0
            try await server.follow("/v1/events?types=job.died") { line in
                if line == ": ping" { pings += 1 }
                return pings == 3
            }
        }
    }

    @Test func `a stop ends it with a reason`() async throws {
        try await TestServer.run { server in
            var stopping: Task<Void, Never>?
            let events = try await read(server, "") {
                // Beside the reading, which ends by it.
                stopping = Task { await server.stop() }
            } until: {
                $0.last?.name == "end"
            }
            #expect(events.last?.data["reason"] as? String == "the server is closing")
            await stopping?.value
        }
    }

    @Test func `a place that is not in the log, and parameters that can't be taken`() async throws {
        try await TestServer.run { server in
            for query in ["?from=7.1", "?from=1.99999", "?from=99999"] {
                let answer = try await server.ask(.GET, "/v1/events\(query)", is: 410)
                #expect(try answer.code() == "resync")
            }
            try await server.ask(.GET, "/v1/events", nil, ["Last-Event-ID": "9.9"], is: 410)
            for query in ["?from=x", "?types=job.lost", "?subject=0", "?topic=1"] {
                try await server.ask(.GET, "/v1/events\(query)", is: 422)
            }
            try await server.ask(.GET, "/v1/events", nil, ["Last-Event-ID": "x"], is: 422)
        }
    }

    @Test func `a client that takes nothing is let go`() async throws {
        let limits = ServerLimits(liveClients: 1, ping: .milliseconds(5), stall: .milliseconds(50))
        try await TestServer.run(limits: limits) { server in
            // More than the system keeps for a client that doesn't read.
            let payload = String(repeating: "x", count: 250_000)
            for _ in 1...80 { try await server.job(#"{"kind": "k", "payload": "\#(payload)"}"#) }
            try await server.silently("GET /v1/events?from=start HTTP/1.1\r\nHost: localhost\r\n\r\n") {
                var isFree = false
                while !isFree {
                    try await server.follow("/v1/events") { line in
                        isFree = line.hasPrefix("id: ")
                        return true
                    }
                }
            }
        }
    }

    @Test func `no more clients than may follow, and a place again when one has gone`() async throws {
        try await TestServer.run(limits: ServerLimits(liveClients: 1)) { server in
            try await server.follow("/v1/events") { _ in
                let answer = try await server.ask(.GET, "/v1/events", is: 503)
                #expect(answer.headers.first(name: "Retry-After") != nil)
                return true
            }
            var status = 503
            while status != 200 {
                var isOpen = false
                try await server.follow("/v1/events?from=start") { line in
                    isOpen = line.hasPrefix("id: ")
                    return true
                }
                status = isOpen ? 200 : 503
            }
        }
    }
}
