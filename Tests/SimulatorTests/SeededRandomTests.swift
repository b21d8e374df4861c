import Simulator
import TestSupport
import Testing

struct SeededRandomTests {
    @Test
    func `a seed gives the same numbers for ever`() {
        var random = SeededRandom(seed: 0)
        let numbers = (0..<3).map { _ in random.next() }
        // From the authors' C program with its state filled by splitmix64(0).
        #expect(numbers == [0x99EC_5F36_CB75_F2B4, 0xBF6E_1F78_4956_452A, 0x1A5F_849D_4933_E6E0])
    }

    @Test
    func `numbers below a bound reach all of them and nothing else`() {
        var random = SeededRandom(seed: 7)
        let drawn = Set((0..<1000).map { _ in random.below(10) })
        #expect(drawn == Set(0..<10))
        #expect(random.below(0) == 0)
    }
}
