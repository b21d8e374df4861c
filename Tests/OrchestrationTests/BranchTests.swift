import TestSupport
import Testing

@testable import Orchestration

/// Tables of which a branch shares what it doesn't change.
struct BranchTests {
    @Test(arguments: UInt64(0)..<8)
    func `a branch behaves like a copy, and leaves what it was branched from as it was`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        var table = BranchedDictionary<Int, [Int]>()
        var model: [Int: [Int]] = [:]
        func change(_ table: inout BranchedDictionary<Int, [Int]>, _ model: inout [Int: [Int]]) {
            for step in 0..<200 {
                let key = chance.below(40)
                switch chance.below(4) {
                case 0:
                    table[key] = [step]
                    model[key] = [step]
                case 1:
                    table[key]?.append(step)
                    model[key]?.append(step)
                case 2: #expect(table.removeValue(forKey: key) == model.removeValue(forKey: key))
                default:
                    table[key] = nil
                    model[key] = nil
                }
                #expect(table[key] == model[key])
            }
        }
        change(&table, &model)
        var (branch, branched) = (table, model)
        branch.branch()
        change(&branch, &branched)
        #expect(branch.all == branched)
        #expect(table.all == model)
    }

    @Test
    func `a chunked array grows and shrinks over the edges of its chunks`() {
        var array = ChunkedArray<Int>()
        var model: [Int] = []
        for round in 1...3 {
            for value in 0..<(1500 * round) {
                array.append(value)
                model.append(value)
            }
            for _ in 0..<1100 * round { #expect(array.popLast() == model.popLast()) }
        }
        #expect(array.count == model.count)
        #expect(model.indices.allSatisfy { array[$0] == model[$0] })
        while let last = model.popLast() { #expect(array.popLast() == last) }
        #expect(array.popLast() == nil)
    }

    /// 40 bytes are what the bound on the number of keys is reckoned with.
    @Test
    func `what is remembered of a key takes 40 bytes beside the key`() {
        #expect(MemoryLayout<RememberedCommand>.stride <= 40)
    }
}
