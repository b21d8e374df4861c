import Simulator
import Testing

struct LogOracleTests {
    let batches = (1...3).map { number in
        RememberedBatch(
            firstSequence: UInt64(number),
            count: 1,
            time: Int64(number),
            payload: [UInt8(number)]
        )
    }

    /// Two acknowledged batches, the first of them synced, and a third without an answer.
    var oracle: LogOracle {
        var oracle = LogOracle()
        oracle.hand(batches[0])
        oracle.acknowledge(synced: true)
        oracle.hand(batches[1])
        oracle.acknowledge(synced: false)
        oracle.hand(batches[2])
        return oracle
    }

    @Test
    func `an unanswered batch may be there or not`() {
        #expect(oracle.complaint(about: batches, after: .process) == nil)
        #expect(oracle.complaint(about: Array(batches[..<2]), after: .process) == nil)
    }

    @Test
    func `an acknowledged batch must be there`() {
        #expect(oracle.complaint(about: Array(batches[..<1]), after: .process) != nil)
        #expect(oracle.complaint(about: [], after: .process) != nil)
    }

    @Test
    func `without syncs the end may be gone, down to what was synced`() {
        #expect(oracle.complaint(about: Array(batches[..<1]), after: .power) == nil)
        #expect(oracle.complaint(about: [], after: .power) != nil)
        #expect(oracle.complaint(about: [], after: .lies) == nil)
        #expect(oracle.complaint(about: [batches[0], batches[2]], after: .power) != nil)
    }

    @Test
    func `changed bytes and unknown batches are found`() {
        var changed = batches
        changed[1].payload = [9]
        #expect(oracle.complaint(about: changed, after: .power) != nil)
        let more = batches + [RememberedBatch(firstSequence: 4, count: 1, time: 4, payload: [])]
        #expect(oracle.complaint(about: more, after: .power) != nil)
    }

    @Test
    func `the next life goes on from what was found`() {
        var next = oracle
        next.adopt(Array(batches[..<1]))
        #expect(next.nextSequence == 2)
        #expect(next.uncertain == nil)
    }
}
