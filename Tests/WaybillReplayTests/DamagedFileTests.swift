import Testing
import WaybillReplay

/// Damaged files: whatever the bytes are, every line is accounted for or the file is refused.
struct DamagedFileTests {
    /// SplitMix64 (Steele, Lea and Flood, 2014), so that a seed always gives the same damage.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    @Test(arguments: ["sample.swf", "status.csv", "curve.csv", "images.csv", "commands.ndjson"], 1...8)
    func `random damage is counted or refused`(file: String, seed: UInt64) throws {
        var random = Generator(state: seed)
        var bytes = try whole(Samples.fixture(file))
        for _ in 0..<40 {
            let index = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
            default: bytes[index] ^= 1
            }
        }
        let folder = try TemporaryFolder()
        let path = try folder.write(bytes, to: file)
        let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        let count = lines.count - (lines.last?.isEmpty == true ? 1 : 0)
        do throws(WorkloadError) {
            let reader = WorkloadReader(stationsPath: Samples.fixture("stations.csv"))
            let account = try reader.read(path: path).account
            #expect(account.total == count, "seed \(seed)")
        } catch {
            #expect(!error.description.isEmpty, "seed \(seed)")
        }
    }

    private func whole(_ path: String) throws -> [UInt8] {
        var source = try LineSource(path: path)
        return Array(try source.peek(.max))
    }
}
