import Orchestration
import TestSupport
import Testing
import WaybillWorkloads

/// Damaged files: whatever the bytes are, every line is accounted for or the file is refused.
struct DamagedFileTests {
    @Test(
        arguments: [
            "sample.swf", "sacct.txt", "status.csv", "curve.csv", "curve.jsonl", "images.csv", "ci.csv",
            "commands.ndjson",
        ],
        1...8
    )
    func `random damage is counted or refused`(file: String, seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var bytes = try whole(Checkout.workload(file))
        for _ in 0..<40 {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            default: bytes[index] ^= 1
            }
        }
        let folder = try TemporaryDirectory()
        let path = try folder.write(bytes, to: file)
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        let count = lines.count - (lines.last?.isEmpty == true ? 1 : 0)
        do throws(WorkloadError) {
            let reader = WorkloadReader(stationsPath: Checkout.workload("stations.csv"))
            let account = try reader.read(path: path).account
            #expect(account.total == count, "seed \(seed)")
        } catch {
            #expect(!error.description.isEmpty, "seed \(seed)")
        }
    }

    @Test(arguments: 1...8)
    func `random damage of documents costs what is damaged`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var bytes = try whole(Checkout.workload("station_status.json"))
        for _ in 0..<20 {
            let index = Int.random(in: 400..<bytes.count, using: &random)
            bytes[index] = UInt8.random(in: 0...255, using: &random)
        }
        let folder = try TemporaryDirectory()
        let reader = WorkloadReader(stationsPath: Checkout.workload("stations.csv"))
        let account = try reader.read(path: try folder.write(bytes, to: "s.json")).account
        #expect(account.data <= 12, "seed \(seed)")
        #expect(account.total > 0, "seed \(seed)")
    }

    private func whole(_ path: String) throws -> [UInt8] {
        var source = try LineSource(path: path)
        return Array(try source.peek(.max))
    }
}
