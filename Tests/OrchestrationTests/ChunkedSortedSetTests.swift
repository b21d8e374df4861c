import TestSupport
import Testing

@testable import Orchestration

struct ChunkedSortedSetTests {
    @Test(arguments: UInt64(0)..<12)
    func `a sorted run behaves like a sorted array`(seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        var run = ChunkedSortedSet<Int>()
        var model: Set<Int> = []
        let range = seed % 2 == 0 ? 400 : 4000
        for step in 0..<4000 {
            let value = chance.below(range)
            switch chance.below(step < 2000 ? 4 : 6) {
            case 0...2: #expect(run.insert(value) == model.insert(value).inserted)
            case 5:
                guard let first = run.first else { break }
                #expect(run.remove(first) == true)
                #expect(model.remove(first) == first)
            default: #expect(run.remove(value) == (model.remove(value) != nil))
            }
            #expect(run.count == model.count)
        }
        var position = ChunkedSortedSet<Int>.Position()
        var read: [Int] = []
        while let value = run.next(&position) { read.append(value) }
        #expect(read == model.sorted(), "seed \(seed)")
        #expect(run.first == read.first)
    }

    @Test
    func `a long run is emptied from the front in order`() {
        var run = ChunkedSortedSet<Int>()
        for value in 0..<5000 { run.insert(value) }
        for value in 0..<5000 {
            #expect(run.first == value)
            run.remove(value)
        }
        #expect(run.isEmpty)
    }
}
