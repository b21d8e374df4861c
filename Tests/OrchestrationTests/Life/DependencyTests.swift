import Orchestration
import Testing

/// blocked → `job.unblocked`, or what the rule makes of a parent that ended otherwise.
struct DependencyTests {
    private func child(_ bench: inout CoreFixture, of parents: [JobID], _ rule: ParentFailureRule = .fail)
        throws
        -> JobID
    {
        try bench.create(JobSpecification(kind: "a", after: parents, onParentFailure: rule))
    }

    @Test
    func `blocked, the last parent succeeds: unblocked, ready`() throws {
        var bench = try CoreFixture()
        let parents = [try bench.create(), try bench.create()]
        let child = try child(&bench, of: parents)
        #expect(bench.state[child]?.state == .blocked)
        #expect(bench.state[child]?.waitsFor == 2)
        let leases = try bench.dispatch(DispatchRequest(worker: "w", max: 9))
        #expect(leases.map(\.job) == parents)
        try bench.run(.complete(.job(parents[1]), result: Payload()))
        #expect(try bench.elapse().isEmpty)
        #expect(bench.state[child]?.waitsFor == 1)
        try bench.run(.complete(.job(parents[0]), result: Payload()))
        #expect(try bench.elapse().map(\.body) == [.jobUnblocked(child)])
        #expect(bench.state[child]?.state == .ready)
    }

    @Test
    func `blocked, unblocked before its run-at time: scheduled`() throws {
        var bench = try CoreFixture()
        let parent = try bench.succeeded()
        let runAt = bench.now + .seconds(9)
        let child = try bench.create(JobSpecification(kind: "a", runAt: runAt, after: [parent]))
        try bench.elapse()
        #expect(bench.state[child]?.state == .scheduled)
        #expect(bench.state[child]?.due == runAt)
    }

    @Test(arguments: ParentFailureRule.allCases)
    func `blocked, a parent ends without success: dead, unblocked or still waiting by the rule`(
        rule: ParentFailureRule
    ) throws {
        var bench = try CoreFixture()
        let parent = try bench.create()
        let child = try child(&bench, of: [parent], rule)
        let late = try {
            try bench.run(.cancel([parent])); return parent
        }()
        let expected: [String] =
            switch rule {
            case .fail: ["jobDied"]
            case .ignore: ["jobUnblocked"]
            case .wait: []
            }
        #expect(try bench.elapse().map(name) == expected)
        // One that is born afterwards fares the same.
        _ = try self.child(&bench, of: [late], rule)
        #expect(try bench.elapse().map(name) == expected)
        #expect(bench.state(of: child) == [.fail: .dead, .ignore: .ready, .wait: .blocked][rule])
    }

    @Test
    func `blocked by the rule wait: unblocked when the parent is redriven and succeeds`() throws {
        var bench = try CoreFixture()
        let parent = try bench.dead()
        let child = try child(&bench, of: [parent], .wait)
        try bench.redrive(parent)
        _ = try bench.lease()
        try bench.run(.complete(.job(parent), result: Payload()))
        #expect(try bench.elapse().map(\.body) == [.jobUnblocked(child)])
    }

    /// What is pruned can't be redriven, so nobody would ever have unblocked it.
    @Test
    func `blocked by the rule wait: dead when the parent is pruned`() throws {
        var bench = try CoreFixture()
        let parent = try bench.dead()
        let child = try child(&bench, of: [parent], .wait)
        try bench.run(.prune([parent]))
        #expect(try bench.elapse().map(name) == ["jobDied"])
        #expect(bench.state(of: child) == .dead)
        #expect(bench.refusal(.create(JobSpecification(kind: "a", after: [parent]))) == .notFound(parent))
    }

    @Test
    func `create after jobs that are not there, or twice the same, is refused`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        #expect(bench.refusal(.create(JobSpecification(kind: "a", after: [JobID(7)]))) == .notFound(JobID(7)))
        guard
            case .invalid("after", _) = bench.refusal(
                .create(JobSpecification(kind: "a", after: [job, job]))
            )
        else { throw Surprise.answer }
    }

    @Test
    func `a suggestion that is approved while its parents run is blocked`() throws {
        var bench = try CoreFixture()
        let parent = try bench.create()
        let child = try bench.suggest(JobSpecification(kind: "a", after: [parent]))
        try bench.run(.approve([child]))
        #expect(bench.state[child]?.state == .blocked)
        try bench.run(.cancel([child]))
        #expect(bench.newest(1) == ["jobCancelled"])
    }

    @Test
    func `a blocked job that is redriven waits no more`() throws {
        var bench = try CoreFixture()
        let parent = try bench.create()
        let child = try child(&bench, of: [parent])
        try bench.run(.cancel([child]))
        try bench.redrive(child)
        #expect(bench.state[child]?.state == .ready)
    }
}
