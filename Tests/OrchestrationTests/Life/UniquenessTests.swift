import Orchestration
import Testing

/// A unique key is one job's, in log order, compared in full.
struct UniquenessTests {
    private func job(_ key: String, window: TimeSpan? = nil, _ rule: ClashRule = .refuse) -> JobSpecification
    {
        JobSpecification(kind: "a", uniqueKey: key, uniqueWindow: window, onClash: rule)
    }

    @Test
    func `clash, refuse: duplicate with the winner's id; existing: the winner, and no event`() throws {
        var bench = try CoreFixture()
        let winner = try bench.create(job("k"))
        let events = bench.log.count
        #expect(bench.refusal(.create(job("k"))) == .duplicate(of: winner))
        #expect(try bench.create(job("k", .existing)) == winner)
        #expect(bench.log.count == events)
    }

    @Test
    func `inside its window a key stays taken after the end, and no longer`() throws {
        var bench = try CoreFixture()
        let first = try bench.create(job("k", window: .seconds(100)))
        try bench.run(.cancel([first]))
        bench.now = bench.now + .seconds(99)
        #expect(bench.refusal(.create(job("k"))) == .duplicate(of: first))
        try bench.refold()
        #expect(bench.refusal(.create(job("k"))) == .duplicate(of: first))
        bench.now = bench.now + .seconds(1)
        let second = try bench.create(job("k"))
        // An open job has it, whatever its window says.
        bench.now = bench.now + .seconds(1000)
        #expect(bench.refusal(.create(job("k"))) == .duplicate(of: second))
        try bench.run(.cancel([second]))
        _ = try bench.create(job("k"))
    }

    @Test
    func `in bulk the same rules hold, also inside the list`() throws {
        var bench = try CoreFixture()
        let winner = try bench.create(job("k"))
        #expect(bench.refusal(.createMany([job("l"), job("k")])) == .duplicate(of: winner))
        #expect(bench.refusal(.suggestMany([job("l"), job("l")])) == .duplicate(of: JobID(2)))
        let list = [job("l"), job("k", .existing), job("l", .existing), job("m")]
        let answer = try bench.run(.createMany(list))
        #expect(answer == .createdMany([JobID(2), winner, JobID(2), JobID(3)]))
        guard case .invalid("onClash", _) = bench.refusal(.createMany(list), bench.keyed("i")) else {
            throw Surprise.answer
        }
    }

    @Test
    func `keys are compared in full, not by a hash or a part`() throws {
        var bench = try CoreFixture()
        let stem = String(repeating: "k", count: 255)
        for key in ["Aa", "BB", stem + "1", stem + "2", "e\u{301}x", "ex"] {
            _ = try bench.create(job(key))
        }
        #expect(bench.state.openCount == 6)
        #expect(bench.refusal(.create(job(stem + "2"))) == .duplicate(of: JobID(4)))
    }
}
