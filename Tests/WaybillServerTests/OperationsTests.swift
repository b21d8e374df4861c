import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// Workers, machines and queues.
struct OperationsTests {
    @Test func `workers`() async throws {
        try await TestServer.run { server in
            let body = #"{"slots": 2, "queues": ["a", "b"], "kinds": ["k"], "labels": ["x"], "reason": "r"}"#
            try await server.ask(.PUT, "/v1/workers/w%2F1%20%C3%B6", body, is: 204)
            let one = try await server.ask(.GET, "/v1/workers/w%2F1%20%C3%B6")
            #expect(try one.object()["name"] as? String == "w/1 ö" && one.object()["room"] as? Int == 2)
            let tag = try #require(one.headers.first(name: "ETag"))
            try await server.ask(.GET, "/v1/workers/w%2F1%20%C3%B6", nil, ["If-None-Match": tag], is: 304)
            try await server.job()
            try await server.complete(try await server.lease("other"))
            let all = try await server.ask(.GET, "/v1/workers").object()["workers"] as? [[String: Any]]
            #expect(all?.map { $0["registered"] as? Bool } == [false, true])
            try await server.ask(.POST, "/v1/workers/other/drain", #"{"reason": "r"}"#, is: 204)
            #expect(try await server.ask(.GET, "/v1/workers/other").object()["draining"] as? Bool == true)
            try await server.ask(.GET, "/v1/workers/none", is: 404)
            try await server.ask(.POST, "/v1/workers/none/drain", is: 404)
            try await server.ask(.PUT, "/v1/workers/w", #"{"slots": 0}"#, is: 422)
            try await server.ask(.PUT, "/v1/workers/w", #"{"slots": 1, "name": "w"}"#, is: 422)
            try await server.ask(.GET, "/v1/workers/%zz", is: 400)
        }
    }

    @Test func `machines`() async throws {
        try await TestServer.run { server in
            let body = #"""
                {"cpuMillis": 4000, "memoryMegabytes": 8, "gpuDevices": 1, "gpuModel": "g", "labels": ["l"],
                 "attributes": {"rack": "7"}}
                """#
            try await server.ask(.PUT, "/v1/machines/m", body, is: 204)
            try await server.job(#"{"kind": "k", "requirements": {"machine": "m", "cpuMillis": 1500}}"#)
            _ = try await server.lease()
            let machine = try await server.ask(.GET, "/v1/machines/m").object()
            #expect(machine["busy"] as? Bool == true && machine["leasedCPUMillis"] as? Int == 1500)
            for (verb, status) in [
                ("cordon", "cordoned"), ("maintenance", "maintenance"), ("uncordon", "available"),
            ] {
                try await server.ask(.POST, "/v1/machines/m/\(verb)", #"{"reason": "r"}"#, is: 204)
                #expect(try await server.ask(.GET, "/v1/machines/m").object()["status"] as? String == status)
            }
            try await server.job(#"{"kind": "k", "requirements": {"machine": "m", "cpuMillis": 3000}}"#)
            let why = try await server.ask(.GET, "/v1/jobs/2/why").object()
            #expect(why["reason"] as? String == "no_capacity" && why["freeCPUMillis"] as? Int == 2500)
            let all = try await server.ask(.GET, "/v1/machines").object()["machines"] as? [Any]
            #expect(all?.count == 1)
            try await server.ask(.GET, "/v1/machines/n", is: 404)
            try await server.ask(.POST, "/v1/machines/n/cordon", is: 404)
            try await server.ask(.PUT, "/v1/machines/n", #"{"labels": []}"#, is: 422)
        }
    }

    @Test func `queues`() async throws {
        try await TestServer.run { server in
            let body = #"""
                {"concurrency": 1, "keyConcurrency": 2, "rate": {"starts": 5, "interval": 1}, "policy": "fifo",
                 "aging": 60, "keepSucceeded": 3600, "reason": "r"}
                """#
            try await server.ask(.PUT, "/v1/queues/q", body, is: 204)
            for _ in 1...2 { try await server.job(#"{"kind": "k", "queue": "q"}"#) }
            _ = try await server.lease()
            let queue = try await server.ask(.GET, "/v1/queues/q")
            #expect(try queue.object()["room"] as? Int == 0)
            #expect((try queue.object()["counts"] as? [String: Int])?["running"] == 1)
            let tag = try #require(queue.headers.first(name: "ETag"))
            try await server.ask(.GET, "/v1/queues/q", nil, ["If-None-Match": tag], is: 304)
            for (verb, status) in [("pause", "paused"), ("drain", "draining")] {
                try await server.ask(.POST, "/v1/queues/q/\(verb)", is: 204)
                #expect(try await server.ask(.GET, "/v1/queues/q").object()["status"] as? String == status)
            }
            try await server.ask(.POST, "/v1/jobs", #"{"kind": "k", "queue": "q"}"#, is: 503)
            try await server.ask(.POST, "/v1/queues/q/resume", is: 204)
            try await server.ask(.PUT, "/v1/queues/q", #"{"policy": "directed"}"#, is: 422)
            try await server.ask(.GET, "/v1/queues/none", is: 404)
            try await server.ask(.POST, "/v1/queues/none/pause", is: 404)
            let all = try await server.ask(.GET, "/v1/queues").object()["queues"] as? [Any]
            #expect(all?.count == 1)
        }
    }
}
