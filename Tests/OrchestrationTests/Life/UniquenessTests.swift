import Orchestration
import Testing

/// A unique key is one job's, in log order, compared in full.
struct UniquenessTests {
    private func job(_ key: String, window: TimeSpan? = nil, _ rule: ClashRule = .refuse) -> JobSpecification
    {
        JobSpecification(kind: "a", uniqueKey: Name(key), uniqueWindow: window, onClash: rule)
    }

    @Test
    func
        `clash, refuse: duplicate with the winner's id; existing: the winner, as one that was there, and no event`()
        throws
    {
        var core = try CoreFixture()
        let winner = try core.create(job("k"))
        let events = core.log.count
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: winner))
        #expect(try core.run(.create(job("k", .existing))) == .existing(winner))
        #expect(try core.run(.suggest(job("k", .existing))) == .existing(winner))
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
        #expect(answer == .createdMany([JobID(2), winner, JobID(2), JobID(3)], existing: [1, 2]))
    }

    /// The client of a window that is longer than the job is shown: its second request was answered as if a job had
    /// begun.
    @Test
    func `a job that is pruned inside its window is found as one that was there`() throws {
        var core = try CoreFixture()
        let first = try core.create(job("k", window: .seconds(100)))
        try core.run(.cancel([first]))
        try core.run(.prune([first]))
        #expect(try core.run(.create(job("k", .existing))) == .existing(first))
        #expect(try core.run(.create(job("k", .existing)), core.keyed("i")) == .existing(first))
        let list = try core.run(.suggestMany([job("k", .existing), job("l")]))
        #expect(list == .createdMany([first, JobID(2)], existing: [0]))
        try core.refold()
        #expect(core.refusal(.create(job("k"))) == .duplicate(of: first))
    }

    @Test
    func `with an idempotency key the job that was there is the answer for a day, whatever becomes of it`()
        throws
    {
        var core = try CoreFixture()
        let winner = try core.create(job("k"))
        let create = Command.create(job("k", .existing))
        #expect(try core.run(create, core.keyed("i")) == .existing(winner))
        #expect(core.log.last?.body == .jobFound(winner))
        try core.run(.cancel([winner]))
        let events = core.log.count
        #expect(try core.run(create, core.keyed("i")) == .existing(winner))
        #expect(core.log.count == events)
        #expect(try core.run(create, core.keyed("other")) == .created(JobID(2)))
        try core.refold()
        #expect(try core.run(create, core.keyed("i")) == .existing(winner))
        core.now = core.now + .seconds(24 * 3600)
        #expect(try core.run(create, core.keyed("i")) == .existing(JobID(2)))
    }

    @Test
    func `finding a job changes nothing of it: who expects its version may go on`() throws {
        var core = try CoreFixture()
        let winner = try core.create(job("k"))
        let version = core.state[winner]?.lastSequence
        try core.run(.create(job("k", .existing)), core.keyed("i"))
        #expect(core.state[winner]?.lastSequence == version)
        try core.run(.cancel([winner]), CommandContext(actor: "tester", expectedVersion: version))
    }

    @Test
    func `a list under an idempotency key is answered alike when what it found has ended`() throws {
        var core = try CoreFixture()
        for (index, list) in [
            [job("k", .existing)],
            [job("a", .existing), job("k", .existing), job("a", .existing), JobSpecification(kind: "b")],
            [job("k", .existing), job("k", .existing), JobSpecification(kind: "c")],
        ].enumerated() {
            let winner = try core.create(job("k"))
            let first = try core.run(.createMany(list), core.keyed("\(index)"))
            let grouped = try core.run(together: list.map { .create($0) }, core.keyed("g\(index)"))
            try core.run(.cancel([winner]))
            let events = core.log.count
            #expect(try core.run(.createMany(list), core.keyed("\(index)")) == first)
            #expect(try core.run(together: list.map { .create($0) }, core.keyed("g\(index)")) == grouped)
            try core.refold()
            #expect(try core.run(.createMany(list), core.keyed("\(index)")) == first)
            #expect(core.log.count == events)
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
