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
        var core = try CoreFixture()
        let winner = try core.create(job("k"))
        let events = core.log.count
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: winner))
        #expect(try core.create(job("k", .existing)) == winner)
        #expect(core.log.count == events)
    }

    @Test
    func `inside its window a key stays taken after the end, and no longer`() throws {
        var core = try CoreFixture()
        let first = try core.create(job("k", window: .seconds(100)))
        try core.run(.cancel([first]))
        core.now = core.now + .seconds(99)
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: first))
        try core.refold()
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: first))
        core.now = core.now + .seconds(1)
        let second = try core.create(job("k"))
        // An open job has it, whatever its window says.
        core.now = core.now + .seconds(1000)
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: second))
        try core.run(.cancel([second]))
        _ = try core.create(job("k"))
    }

    @Test
    func `in bulk the same rules hold, also inside the list`() throws {
        var core = try CoreFixture()
        let winner = try core.create(job("k"))
        #expect(core.refusal(.createMany([job("l"), job("k")])) == .duplicate(of: winner))
        #expect(core.refusal(.suggestMany([job("l"), job("l")])) == .duplicate(of: JobID(2)))
        let list = [job("l"), job("k", .existing), job("l", .existing), job("m")]
        let answer = try core.run(.createMany(list))
        #expect(answer == .createdMany([JobID(2), winner, JobID(2), JobID(3)]))
        guard case .invalid("onClash", _) = core.refusal(.createMany(list), core.keyed("i")) else {
            throw Surprise.answer
        }
    }

    @Test
    func `keys are compared in full, not by a hash or a part`() throws {
        var core = try CoreFixture()
        let stem = String(repeating: "k", count: 255)
        for key in ["Aa", "BB", stem + "1", stem + "2", "e\u{301}x", "ex"] {
            _ = try core.create(job(key))
        }
        #expect(core.state.openCount == 6)
        #expect(core.refusal(.create(job(stem + "2"))) == .duplicate(of: JobID(4)))
    }
}
