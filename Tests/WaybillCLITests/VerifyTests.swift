import Foundation
import TestSupport
import Testing

/// `waybill log verify`: a sound log, and every kind of damage that a copy can suffer.
struct VerifyTests {
    @Test func `a sound log is counted and passes`() throws {
        let log = try PlayedLog("commands.ndjson")
        let outcome = try log.tool("log", "verify", "--json")
        let report = try outcome.object()
        #expect(outcome.status == 0 && report["ok"] as? Bool == true && report["problem"] == nil)
        #expect(report["segments"] as? Int == 1 && report["firstSequence"] as? Int == 1)
        for (field, ran) in ["events": "events", "lastSequence": "events", "rawBytes": "rawBytes"] {
            #expect(report[field] as? Int == log.report[ran] as? Int)
        }
        #expect(report["logBytes"] as? Int == log.report["logBytes"] as? Int)
        #expect(report["unpromisedTail"] == nil)
        #expect(report["promisedThrough"] as? Int == log.report["events"] as? Int)
        #expect(try log.tool("log", "verify").text.hasPrefix("ok: 1 segments, "))
    }

    @Test func `a changed byte is found, with file, offset and sequence`() throws {
        let log = try PlayedLog("sample.swf")
        let name = try #require(try log.segments.first)
        var bytes = try log.bytes(of: name)
        let place = try #require(log.report["logBytes"] as? Int) / 2
        bytes[place] ^= 0x10
        try log.write(bytes, to: name)
        let outcome = try log.tool("log", "verify", "--json")
        let report = try outcome.object()
        #expect(outcome.status == 1 && report["ok"] as? Bool == false && report["file"] as? String == name)
        let offset = try #require(report["offset"] as? Int)
        let sequence = try #require(report["sequence"] as? Int)
        let events = try #require(log.report["events"] as? Int)
        #expect(offset <= place && offset > 0 && sequence > 1 && sequence < events)
        let text = try log.tool("log", "verify")
        #expect(text.status == 1 && text.text.hasPrefix("damaged: \(name) is damaged at offset \(offset), "))
        #expect(try log.bytes(of: name) == bytes)
    }

    @Test(arguments: [
        ["jobs"], ["log", "cat"], ["log", "digest"], ["machines"], ["suggestions"],
    ])
    func `no command shows a damaged log as whole`(command: [String]) throws {
        let log = try PlayedLog("commands.ndjson")
        let name = try #require(try log.segments.first)
        var bytes = try log.bytes(of: name)
        bytes[try #require(log.report["logBytes"] as? Int) / 2] ^= 1
        try log.write(bytes, to: name)
        let outcome = try Tool.run(command + ["--data", log.path])
        #expect(outcome.status == 1 && outcome.errors.contains("\(name) is damaged at offset "))
    }

    @Test func `a log that ends before what was promised is refused`() throws {
        let log = try PlayedLog("commands.ndjson")
        let name = try #require(try log.segments.first)
        let stored = try #require(log.report["logBytes"] as? Int)
        try log.write(try log.bytes(of: name).prefix(stored / 2), to: name)
        let report = try log.tool("log", "verify", "--json")
        #expect(try report.status == 1 && report.object()["file"] as? String == name)
    }

    @Test func `without a promise it says that a missing end could not be told`() throws {
        let log = try PlayedLog("commands.ndjson")
        try FileManager.default.removeItem(atPath: log.path + "/DURABLE")
        let outcome = try log.tool("log", "verify")
        #expect(outcome.status == 0 && outcome.lines[1].hasPrefix("no valid DURABLE tells how far"))
        #expect(try log.tool("log", "verify", "--json").object()["promisedThrough"] == nil)
    }

    @Test func `a directory in which no log has begun is empty, not damaged`() throws {
        let folder = try TemporaryDirectory()
        for command in [["log", "verify"], ["log", "ls"], ["log", "cat"], ["jobs"]] {
            let nothing = try Tool.run(command + ["--data", folder.path])
            #expect(nothing.status == 1 && nothing.errors.contains("'\(folder.path)' holds no log"))
        }
        try Data().write(to: URL(filePath: folder.path("LOCK")))
        let outcome = try Tool.run("log", "verify", "--data", folder.path)
        #expect(outcome.status == 0)
        #expect(outcome.lines.last == "no event has been written here yet")
    }

    @Test func `a pipe in a segment's place is named, and nobody waits for it`() throws {
        let log = try PlayedLog("commands.ndjson")
        let name = try #require(try log.segments.first)
        let segment = log.path + "/" + name
        try FileManager.default.removeItem(atPath: segment)
        #expect(mkfifo(segment, 0o600) == 0)
        let outcome = try log.tool("log", "verify")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("open of '\(name)' failed: not a regular file"))
    }

    @Test func `a missing segment is refused`() throws {
        let log = try PlayedLog("commands.ndjson")
        let name = try #require(try log.segments.first)
        try FileManager.default.removeItem(atPath: log.path + "/" + name)
        let outcome = try log.tool("log", "verify")
        #expect(outcome.status == 1)
    }

    @Test func `a copy is as good as the log`() throws {
        let log = try PlayedLog("commands.ndjson")
        let copy = try log.copy()
        #expect(try Tool.run("log", "verify", "--data", copy).status == 0)
        let digest = try Tool.run("log", "digest", "--json", "--data", copy).object()["digest"] as? String
        #expect(digest == log.report["digest"] as? String)
    }
}
