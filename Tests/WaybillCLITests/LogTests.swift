import Foundation
import TestSupport
import Testing

/// `waybill log`: what it lists, prints and finds.
struct LogTests {
    @Test func `segments are listed with their sequences and times`() throws {
        let log = try PlayedLog("commands.ndjson")
        let segments = try #require(
            try log.tool("log", "ls", "--json").object()["segments"] as? [[String: Any]]
        )
        #expect(try segments.map { $0["name"] as? String } == log.segments)
        #expect(segments.count == 1 && segments[0]["firstSequence"] as? Int == 1)
        #expect(segments[0]["lastSequence"] as? Int == log.report["events"] as? Int)
        #expect(segments[0]["epoch"] as? Int == 1 && segments[0]["isSealed"] as? Bool == false)
        #expect(segments[0]["firstTime"] as? String == "1970-01-01T00:00:00Z")
        let lines = try log.tool("log", "ls").lines
        #expect(lines.count == 2 && lines[0].hasPrefix("SEGMENT") && lines[1].hasSuffix("active"))
        #expect(lines[1].hasPrefix(try log.segments[0]))
    }

    @Test func `every event is one JSON line, without gaps and in order`() throws {
        let log = try PlayedLog("commands.ndjson")
        let events = try log.tool("log", "cat").objects()
        let count = try #require(log.report["events"] as? Int)
        #expect(events.map { $0["sequence"] as? Int } == (1...count).map(Optional.init))
        #expect(events.first?["type"] as? String == "engine.opened")
        let times = events.compactMap { $0["time"] as? String }
        #expect(times.count == count && times == times.sorted())
        #expect(try log.tool("log", "cat", "--json").text == log.tool("log", "cat").text)
    }

    @Test func `ranges, types and jobs choose events`() throws {
        let log = try PlayedLog("commands.ndjson")
        let all = try log.tool("log", "cat").objects()
        func sequences(_ arguments: String...) throws -> [Int] {
            try Tool.run(["log", "cat", "--data", log.path] + arguments).objects()
                .compactMap { $0["sequence"] as? Int }
        }
        func expected(_ isWanted: ([String: Any]) -> Bool) -> [Int] {
            all.filter(isWanted).compactMap { $0["sequence"] as? Int }
        }
        #expect(try sequences("--from", "3", "--to", "7") == Array(3...7))
        #expect(try sequences("--from", "100000") == [])
        let created = expected { $0["type"] as? String == "job.created" }
        #expect(try sequences("--type", "job.created") == created && created.count == 4)
        let both = expected { ["job.created", "job.died"].contains($0["type"] as? String) }
        #expect(try sequences("--type", "job.created", "--type", "job.died") == both)
        let first = expected { $0["job"] as? Int == 1 }
        #expect(try sequences("--job", "1") == first && first.count == 4)
        #expect(try sequences("--job", "1", "--type", "job.succeeded") == [first[3]])
    }

    @Test(.enabled(if: Program.installed("lz4") != nil))
    func `the raw events are what lz4 gives`() throws {
        let log = try PlayedLog("sample.swf")
        let raw = try log.tool("log", "cat", "--raw")
        let decoded = try Tool.shell("cat \"$1\"/seg-*.lz4 | lz4 -dc", log.path)
        #expect(raw.status == 0 && decoded.status == 0)
        #expect(raw.output == decoded.output && raw.output.count == log.report["rawBytes"] as? Int)
    }

    @Test(.enabled(if: Program.installed("lz4") != nil && Program.installed("protoc") != nil))
    func `protoc reads as many events as were written`() throws {
        let log = try PlayedLog("commands.ndjson")
        let decode =
            "lz4 -dc \"$1\"/seg-*.lz4 | protoc --proto_path=\"$2\" --decode=waybill.Log \"$2\"/waybill.proto"
        let decoded = try Tool.shell(decode, log.path, Checkout.path("Sources/Orchestration/Schema"))
        #expect(decoded.status == 0 && decoded.errors.isEmpty)
        let events = decoded.lines.count { $0 == "events {" }
        #expect(events == log.report["events"] as? Int)
        // A field that the schema lacks would be printed by its number.
        #expect(!decoded.lines.contains { $0.drop { $0 == " " }.first?.isNumber == true })
    }

    @Test func `the digest is that of the run`() throws {
        let log = try PlayedLog("commands.ndjson")
        let digest = try #require(log.report["digest"] as? String)
        let told = try log.tool("log", "digest", "--json").object()
        #expect(told["digest"] as? String == digest && told["events"] as? Int == log.report["events"] as? Int)
        #expect(try log.tool("log", "digest").text.hasPrefix("\(digest)  "))
    }

    @Test func `a reader that goes away ends the tool quietly`() throws {
        let log = try PlayedLog("status.csv")
        let status = try TemporaryDirectory()
        let line = "{ \"$TOOL\" log cat --data \"$1\"; echo $? > \"$2\"; } | head -n 1"
        let outcome = try Tool.shell(line, log.path, status.path("status"))
        #expect(outcome.lines.count == 1 && outcome.errors.isEmpty)
        let ended = try String(contentsOf: URL(filePath: status.path("status")), encoding: .utf8)
        // By its own choice, or by the signal that a filter gets.
        #expect(["0\n", "141\n"].contains(ended))
    }
}
