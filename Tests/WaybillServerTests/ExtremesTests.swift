import NIOHTTP1
import Testing
import Waybill

@testable import WaybillHTTP
@testable import WaybillServer
@testable import WaybillServices

/// The ends of every range that the contract names.
struct ExtremesTests {
    @Test(arguments: [
        "/v1/jobs?cursor=oldest-18446744073709551615", "/v1/jobs?cursor=oldest-0",
        "/v1/jobs?order=newest&cursor=newest-0", "/v1/jobs?order=newest&cursor=newest-18446744073709551615",
        "/v1/jobs?order=lastChanged&cursor=lastChanged-0-0",
        "/v1/jobs?order=longestUnchanged&cursor=longestUnchanged-1-18446744073709551615",
        "/v1/jobs?createdFrom=1700-01-01T00:00:00Z&changedBefore=2262-04-11T23:47:16Z",
        "/v1/suggestions?cursor=18446744073709551615", "/v1/jobs/1/series/s?from=18446744073709551615&to=0",
        "/v1/jobs/1/series/s?from=0&to=18446744073709551615&max=10000",
    ])
    func `what is asked for far away`(path: String) async throws {
        try await TestServer.run { server in
            try await server.job()
            try await server.ask(.POST, "/v1/suggestions", #"{"kind": "k"}"#, is: 201)
            let point = #"{"points": [{"step": 18446744073709551615, "value": 1e300}]}"#
            try await server.ask(.POST, "/v1/jobs/1/series/s", point, is: 204)
            try await server.ask(.GET, path)
            let last = try await server.ask(.GET, "/v1/suggestions?cursor=18446744073709551615").object()
            #expect((last["suggestions"] as? [Any])?.isEmpty == true)
        }
    }

    @Test func `jobs and queues with the largest numbers`() async throws {
        try await TestServer.virtual { server in
            let most = "4294967295"
            let rate = #"{"starts": 1, "interval": 4294967296, "burst": \#(most)}"#
            let queue =
                #"{"concurrency": \#(most), "rate": \#(rate), "aging": 4294967296, "keepDead": 4294967296}"#
            try await server.ask(.PUT, "/v1/queues/default", queue, is: 204)
            let job = #"""
                {"kind": "k", "priority": -2147483648, "fairnessWeight": \#(most), "uniqueKey": "u",
                 "uniqueWindow": 4294967296, "timeouts": {"lease": 4294967296, "total": 4294967296},
                 "retry": {"maxAttempts": \#(most), "maxCrashes": \#(most), "base": 4294967296, "factor": 1000,
                           "cap": 4294967296, "jitter": 1}, "runAt": "1700-01-01T00:00:00Z",
                 "requirements": {"cpuMillis": 18446744073709551615, "memoryMegabytes": 18446744073709551615}}
                """#
            try await server.job(job)
            let token = try await server.lease()
            try await server.ask(.POST, "/v1/leases/\(token)/heartbeat", #"{"fraction": 1}"#)
            let failure = #"{"type": "t", "retryAfter": 4294967296}"#
            try await server.ask(.POST, "/v1/leases/\(token)/fail", failure, is: 204)
            try await server.ask(.GET, "/v1/jobs/1")
            try await server.ask(.GET, "/v1/jobs/1/why")
            try await server.ask(.GET, "/v1/queues")
            let machine = #"{"cpuMillis": 18446744073709551615, "gpuDevices": 18446744073709551615}"#
            try await server.ask(.PUT, "/v1/machines/m", machine, is: 204)
            try await server.ask(.PUT, "/v1/workers/w", #"{"slots": \#(most)}"#, is: 204)
            try await server.ask(.GET, "/v1/machines")
            try await server.ask(.GET, "/v1/workers")
            try await server.ask(.GET, "/v1/jobs/1/history")
        }
    }
}
