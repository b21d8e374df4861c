import EventLog
import Foundation
import TestSupport
import Testing

/// Where `waybill run` writes, and where it refuses to.
struct RunDirectoryTests {
    private func files(_ path: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: path) {
            files[name] = try Data(contentsOf: URL(filePath: path + "/" + name))
        }
        return files
    }

    @Test func `a directory that holds a log is refused and left alone`() throws {
        let log = try PlayedLog("commands.ndjson")
        let before = try files(log.path)
        let outcome = try Tool.run("run", "--data", log.path, Checkout.workload("curve.csv"))
        #expect(outcome.status == 1 && outcome.output.isEmpty)
        #expect(outcome.errors.hasPrefix("waybill: \(log.path) already holds a log"))
        #expect(try files(log.path) == before)
    }

    @Test(arguments: ["DURABLE", "snap-1", "seg-x.lz4", "quarantine"])
    func `what is left of a log is refused too`(name: String) throws {
        let folder = try TemporaryDirectory()
        _ = try folder.write("", to: name)
        let outcome = try Tool.run("run", "--data", folder.path, Checkout.workload("commands.ndjson"))
        #expect(outcome.status == 1 && outcome.errors.contains("already holds a log"))
        #expect(try folder.names() == [name])
    }

    @Test func `an empty directory, or one with other files, is taken`() throws {
        let folder = try TemporaryDirectory()
        _ = try folder.write("mine", to: "notes.txt")
        let outcome = try Tool.run("run", "--data", folder.path, Checkout.workload("commands.ndjson"))
        #expect(outcome.status == 0)
        #expect(try folder.names().contains("notes.txt"))
    }

    @Test func `a file in place of the directory is refused`() throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("mine", to: "file")
        let outcome = try Tool.run("run", "--data", file, Checkout.workload("commands.ndjson"))
        #expect(outcome.status == 1 && outcome.errors.contains(file))
        #expect(try String(contentsOf: URL(filePath: file), encoding: .utf8) == "mine")
    }

    @Test func `a log that is being written is named with its holder, and can be read`() throws {
        let folder = try TemporaryDirectory()
        let holder = ProcessInfo.processInfo.processIdentifier
        let writer = try LogWriter.open(
            try RealDisk(folder.path),
            LogOptions(limits: LogLimits(segmentBytes: 64 << 10), processID: holder)
        )
        let outcome = try Tool.run("run", "--data", folder.path, Checkout.workload("commands.ndjson"))
        #expect(outcome.status == 1)
        #expect(outcome.errors == "waybill: \(folder.path) is held by process \(holder)\n")
        #expect(try Tool.run("log", "verify", "--data", folder.path).status == 0)
        #expect(try Tool.run("jobs", "--data", folder.path).status == 0)
        try writer.close()
    }
}
