import TestSupport
import Testing

@testable import Waybill

/// A set of jobs behaves like a set, few or many, dense or scattered.
struct JobBitmapTests {
    /// How far apart the numbers lie, and how many are drawn.
    @Test(arguments: [(40, 30), (2000, 1500), (9000, 20_000), (3_000_000, 4000), (140_000, 30_000)])
    func `a job set is a set`(range: Int, draws: Int) {
        var chance = SeededRandom(seed: UInt64(range))
        var set = JobBitmap()
        var known: Set<UInt64> = []
        var drawn: [UInt64] = [0]
        for removing in [false, true] {
            for _ in 0..<draws {
                let number = UInt64(chance.below(range) + 1)
                if chance.below(5) < (removing ? 1 : 4) {
                    set.insert(number)
                    known.insert(number)
                    drawn.append(number)
                } else {
                    let gone = removing ? drawn[chance.below(drawn.count)] : number
                    set.remove(gone)
                    known.remove(gone)
                }
            }
            check(set, known, range, &chance)
        }
        for number in known { set.remove(number) }
        #expect(set.isEmpty)
        #expect(set.nextWord(from: 0) == nil)
        #expect(set.previousWord(through: 1 << 40) == nil)
    }

    func check(_ set: JobBitmap, _ known: Set<UInt64>, _ range: Int, _ chance: inout SeededRandom) {
        let sorted = known.sorted()
        #expect(set.count == known.count)
        #expect(set.members(after: nil, limit: .max) == sorted)
        for _ in 0..<40 {
            let number = UInt64(chance.below(range + 70))
            #expect(set.contains(number) == known.contains(number))
            let word = number >> 6
            #expect(
                set.word(word) == sorted.reduce(0 as UInt64) { $1 >> 6 == word ? $0 | 1 << ($1 & 63) : $0 }
            )
            #expect(set.nextWord(from: word) == sorted.first { $0 >> 6 >= word }.map { $0 >> 6 })
            #expect(set.previousWord(through: word) == sorted.last { $0 >> 6 <= word }.map { $0 >> 6 })
            #expect(set.members(after: number, limit: 3) == Array(sorted.filter { $0 > number }.prefix(3)))
        }
    }

    @Test func `a selection is the jobs that meet every clause`() {
        var chance = SeededRandom(seed: 5)
        for _ in 0..<40 {
            let clauses = (0...chance.below(3)).map { _ in
                (0...chance.below(2)).map { _ in
                    let step = chance.below(60) + 1
                    return Set((0..<3000).map { UInt64($0 * step + chance.below(step)) })
                }
            }
            let bound = UInt64(chance.below(90_000))
            let numbers = bound / 3..<bound
            let expected =
                clauses.map { $0.reduce(Set()) { $0.union($1) } }
                .reduce(nil as Set<UInt64>?) { $0?.intersection($1) ?? $1 } ?? []
            let selection = JobSelection(
                clauses: clauses.map { $0.map { set in JobBitmap(set.map { JobID($0) }) } }
            )
            for order in [JobOrder.oldestFirst, .newestFirst] {
                var found: [UInt64] = []
                selection.walk(order, in: numbers) { index, word in
                    let bits = (0..<64).filter { word & 1 << UInt64($0) != 0 }
                    found += (order == .oldestFirst ? bits : bits.reversed()).map { index << 6 | UInt64($0) }
                    return true
                }
                let sorted = expected.filter { numbers.contains($0) }.sorted()
                #expect(found == (order == .oldestFirst ? sorted : sorted.reversed()))
            }
        }
    }
}
