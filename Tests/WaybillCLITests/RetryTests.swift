import Foundation
import TestSupport
import Testing

/// `waybill run` on CI attempts: the engine's own retries run every attempt of the table.
struct RetryTests {
    /// What the log says of one job.
    private struct History: Equatable {
        var attempts: [String] = []
        var end = ""
    }

    /// By run id, with each attempt as `error, seconds`.
    private func histories(_ log: PlayedLog) throws -> [Int: History] {
        var histories: [Int: History] = [:]
        var runs: [Int: Int] = [:]
        var begun: [Int: Date] = [:]
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for event in try log.tool("log", "cat").objects() {
            guard let type = event["type"] as? String, let job = event["job"] as? Int else { continue }
            let text = try #require(event["time"] as? String)
            let time = try (try? style.parse(text)) ?? Date.ISO8601FormatStyle().parse(text)
            if type == "job.created" {
                let payload = Data((event["payload"] as? String ?? "").utf8)
                let object = try JSONSerialization.jsonObject(with: payload) as? [String: Any]
                runs[job] = object?["run"] as? Int
            }
            let run = try #require(runs[job])
            let seconds = (time.timeIntervalSince(begun[job] ?? time) * 10).rounded() / 10
            switch type {
            case "job.dispatched": begun[job] = time
            case "attempt.failed":
                histories[run, default: History()].attempts.append("\(event["error"] ?? ""), \(seconds)")
            case "job.succeeded":
                histories[run, default: History()].attempts.append("success, \(seconds)")
                histories[run]?.end = "succeeded"
            case "job.died": histories[run]?.end = "dead"
            case "job.cancelled": histories[run]?.end = "cancelled"
            default: break
            }
        }
        return histories
    }

    @Test(arguments: [[], ["--workers", "1"], ["--workers", "3"]])
    func `each attempt of the table is one of the engine, however few workers there are`(options: [String])
        throws
    {
        let log = try PlayedLog("ci.csv", options: options)
        let histories = try histories(log)
        #expect(histories.count == 48)
        #expect(histories.values.reduce(0) { $0 + $1.attempts.count } == 118)
        // By the rows of these runs: with a missing attempt and rows twice, out of order, skipped, cancelled, dead.
        let expected = [
            7_000_250_907: History(
                attempts: ["failure, 905.0", "failure, 0.0", "success, 97.0"],
                end: "succeeded"
            ),
            7_001_285_435: History(
                attempts: ["no_conclusion, 12.0", "failure, 905.0", "success, 310.5"],
                end: "succeeded"
            ),
            7_000_557_114: History(
                attempts: ["failure, 97.0", "no_conclusion, 905.0", "cancelled, 97.0"],
                end: "cancelled"
            ),
            7_002_129_163: History(
                attempts: ["cancelled, 45.0", "skipped, 0.0", "no_conclusion, 2400.0"],
                end: "dead"
            ),
        ]
        for (run, history) in expected { #expect(histories[run] == history, "run \(run)") }
    }

    @Test func `a retry is dispatched when its backoff is over`() throws {
        let log = try PlayedLog("ci.csv")
        var due: [Int: String] = [:]
        var retries = 0
        for event in try log.tool("log", "cat").objects() {
            guard let job = event["job"] as? Int else { continue }
            switch event["type"] as? String {
            case "job.retried":
                due[job] = event["due"] as? String
                retries += 1
            case "job.dispatched":
                if let due = due.removeValue(forKey: job) { #expect(event["time"] as? String == due) }
            default: break
            }
        }
        #expect(retries == 70 && due.isEmpty)
    }

    @Test func `runs are played beside other files`() throws {
        let files = ["ci.csv", "sample.swf", "curve.csv"].map(Checkout.workload)
        let report = try Tool.run(["run", "--json", "--workers", "9", "--durability", "none"] + files)
            .object()
        let jobs = report["jobs"] as? [String: Int]
        #expect(jobs == ["created": 249, "succeeded": 174, "dead": 38, "cancelled": 37, "open": 0])
        #expect(report["digest"] as? String == report["replayDigest"] as? String)
        #expect(report["refusals"] as? [String: Int] == [:])
    }
}
