import Orchestration
import Testing

/// blocked → `job.unblocked`, or what the rule makes of a parent that ended otherwise.
struct DependencyTests {
    private func child(_ core: inout CoreFixture, of parents: [JobID], _ rule: ParentFailureRule = .fail)
        throws
        -> JobID
    {
        try core.create(JobSpecification(kind: "a", after: parents, onParentFailure: rule))
    }

    @Test
    func `blocked, the last parent succeeds: unblocked, ready`() throws {
        var core = try CoreFixture()
        let parents = [try core.create(), try core.create()]
        let child = try child(&core, of: parents)
        #expect(core.state[child]?.state == .blocked)
        #expect(core.state[child]?.waitsFor == 2)
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 9))
        #expect(leases.map(\.job) == parents)
        try core.run(.complete(.job(parents[1]), result: Payload()))
        #expect(try core.elapse().isEmpty)
        #expect(core.state[child]?.waitsFor == 1)
        try core.run(.complete(.job(parents[0]), result: Payload()))
        #expect(try core.elapse().map(\.body) == [.jobUnblocked(child)])
        #expect(core.state[child]?.state == .ready)
    }

    @Test
    func `blocked, unblocked before its run-at time: scheduled`() throws {
        var core = try CoreFixture()
        let parent = try core.succeeded()
        let runAt = core.now + .seconds(9)
        let child = try core.create(JobSpecification(kind: "a", runAt: runAt, after: [parent]))
        try core.elapse()
        #expect(core.state[child]?.state == .scheduled)
        #expect(core.state[child]?.due == runAt)
    }

    @Test(arguments: ParentFailureRule.allCases)
    func `blocked, a parent ends without success: dead, unblocked or still waiting by the rule`(
        rule: ParentFailureRule
    ) throws {
        var core = try CoreFixture()
        let parent = try core.create()
        let child = try child(&core, of: [parent], rule)
        let late = try {
            try core.run(.cancel([parent])); return parent
        }()
        let expected: [String] =
            switch rule {
            case .fail: ["jobDied"]
            case .ignore: ["jobUnblocked"]
            case .wait: []
            }
        #expect(try core.elapse().map(name) == expected)
        // One that is born afterwards fares the same.
        _ = try self.child(&core, of: [late], rule)
        #expect(try core.elapse().map(name) == expected)
        #expect(core.state(of: child) == [.fail: .dead, .ignore: .ready, .wait: .blocked][rule])
    }

    @Test
    func `blocked by the rule wait: unblocked when the parent is redriven and succeeds`() throws {
        var core = try CoreFixture()
        let parent = try core.dead()
        let child = try child(&core, of: [parent], .wait)
        try core.redrive(parent)
        _ = try core.lease()
        try core.run(.complete(.job(parent), result: Payload()))
        #expect(try core.elapse().map(\.body) == [.jobUnblocked(child)])
    }

    /// What is pruned can't be redriven, so nobody would ever have unblocked it.
    @Test
    func `blocked by the rule wait: dead when the parent is pruned`() throws {
        var core = try CoreFixture()
        let parent = try core.dead()
        let child = try child(&core, of: [parent], .wait)
        try core.run(.prune([parent]))
        #expect(try core.elapse().map(name) == ["jobDied"])
        #expect(core.state(of: child) == .dead)
        #expect(core.refusal(.create(JobSpecification(kind: "a", after: [parent]))) == .notFound(parent))
    }

    @Test
    func `create after jobs that are not there, or twice the same, is refused`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        #expect(core.refusal(.create(JobSpecification(kind: "a", after: [JobID(7)]))) == .notFound(JobID(7)))
        guard
            case .invalid("after", _) = core.refusal(
                .create(JobSpecification(kind: "a", after: [job, job]))
            )
        else { throw Surprise.answer }
    }

    @Test
    func `a suggestion that is approved while its parents run is blocked`() throws {
        var core = try CoreFixture()
        let parent = try core.create()
        let child = try core.suggest(JobSpecification(kind: "a", after: [parent]))
        try core.run(.approve([child]))
        #expect(core.state[child]?.state == .blocked)
        try core.run(.cancel([child]))
        #expect(core.newest(1) == ["jobCancelled"])
    }

    @Test
    func `a blocked job that is redriven waits no more`() throws {
        var core = try CoreFixture()
        let parent = try core.create()
        let child = try child(&core, of: [parent])
        try core.run(.cancel([child]))
        try core.redrive(child)
        #expect(core.state[child]?.state == .ready)
    }
}
