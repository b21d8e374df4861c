import EventLog
import Foundation
import Orchestration
import TestSupport
import Testing
import Waybill

/// A damaged log is refused by name and left as it is.
struct DamagedLogTests {
    /// Every file of a directory with its bytes, but the lock's text, which names whoever tried last.
    func contents(_ path: String) throws -> DiskFiles {
        try RealDisk(path, create: false).files().filter { $0.key != "LOCK" }
    }

    @Test(arguments: [0.1, 0.5, 0.9])
    func `a flipped bit refuses the log and changes nothing`(share: Double) async throws {
        let temporary = try TemporaryDirectory()
        let engine = try await Engine.open(at: temporary.path, options: smallOptions())
        for index in 1...300 { try await engine.create(JobSpecification(kind: "k\(index)"), by: me) }
        try await engine.close()
        let names = try contents(temporary.path).segments
        let name = try #require(names.first)
        let url = URL(filePath: temporary.path + "/" + name)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
        var bytes = try Data(contentsOf: url)
        bytes[Int(Double(try lastBatchEnd(temporary.path)) * share)] ^= 0x10
        try bytes.write(to: url)
        let before = try contents(temporary.path)
        for _ in 1...2 {
            let error = await engineError {
                try await Engine.open(at: temporary.path, options: smallOptions())
            }
            guard case .log(.damaged(let damage))? = error else {
                Issue.record("the opening gives \(String(describing: error))")
                return
            }
            #expect(damage.file == name)
        }
        #expect(try contents(temporary.path) == before)
    }

    /// Where the stored batches of a log of one segment end, roughly: everything before is promised.
    func lastBatchEnd(_ path: String) throws -> UInt64 {
        try verifyLog(try RealDisk(path, create: false)).storedBytes
    }

    @Test(arguments: [0, 1])
    func `a missing segment refuses the log and changes nothing`(index: Int) async throws {
        let temporary = try TemporaryDirectory()
        let engine = try await Engine.open(at: temporary.path, options: smallOptions())
        var random = SeededRandom(seed: 3)
        for _ in 1...600 {
            let job = JobSpecification(kind: "a", payload: random.bytes(250))
            try await engine.create(job, by: me)
        }
        try await engine.close()
        let names = try contents(temporary.path).segments
        try #require(names.count > 2)
        try FileManager.default.removeItem(atPath: temporary.path + "/" + names[index])
        let before = try contents(temporary.path)
        let error = await engineError { try await Engine.open(at: temporary.path, options: smallOptions()) }
        guard case .log(.damaged)? = error else {
            Issue.record("the opening gives \(String(describing: error))")
            return
        }
        #expect(try contents(temporary.path) == before)
    }
}
