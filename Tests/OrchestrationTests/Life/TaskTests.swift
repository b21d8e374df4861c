import Orchestration
import Testing

/// A job with tasks: blocked until they have decided how it ends.
struct TaskTests {
    @Test
    func `created with tasks: blocked, with the numbers of its tasks behind its own`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(3)
        #expect(jobs == [1, 2, 3, 4].map { JobID($0) })
        let parent = try #require(core.state[jobs[0]])
        #expect(parent.state == .blocked)
        #expect(parent.specification.taskCount == 3)
        #expect(parent.waitsFor == 3)
        for task in jobs.dropFirst() {
            #expect(core.state[task]?.state == .ready)
            #expect(core.state[task]?.specification.parent == jobs[0])
        }
        #expect(core.state.tasks(of: jobs[0]) == TaskTally(total: 3, succeeded: 0, failed: 0))
        #expect(core.state.tasks(of: jobs[1]) == nil)
        #expect(
            try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == Array(jobs.dropFirst())
        )
    }

    @Test
    func `blocked, the last task succeeds: succeeded, without a lease, because of that task`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2)
        try core.succeed(jobs[2])
        #expect(try core.elapse().isEmpty)
        #expect(core.state.tasks(of: jobs[0])?.open == 1)
        try core.succeed(jobs[1])
        let cause = core.state.lastSequence
        let end = try #require(try core.elapse().first)
        #expect(end.body == .jobSucceeded(jobs[0], .absent, result: Payload()))
        #expect(end.cause == cause)
        #expect(end.context.actor == "engine")
        #expect(core.state(of: jobs[0]) == .succeeded)
        #expect(core.state.tasks(of: jobs[0]) == nil)
        try core.refold()
    }

    @Test(arguments: ParentFailureRule.allCases)
    func `blocked, a task dies: dead, or it goes on by its rule`(rule: ParentFailureRule) throws {
        var core = try CoreFixture()
        let jobs = try core.family(2, rule)
        try core.kill(jobs[1])
        let cause = core.state.lastSequence
        let events = try core.elapse()
        if rule == .fail {
            #expect(events.map(\.body) == [.jobDied(jobs[0], reason: "its task 2 did not succeed")])
            #expect(events[0].cause == cause)
        } else {
            #expect(events.isEmpty)
        }
        try core.succeed(jobs[2])
        try core.elapse()
        #expect(core.state(of: jobs[0]) == [.fail: .dead, .ignore: .succeeded, .wait: .blocked][rule])
        try core.refold()
    }

    @Test
    func `blocked by the rule wait, the dead task is redriven and succeeds: succeeded`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(1, .wait)
        try core.kill(jobs[1])
        #expect(core.state.tasks(of: jobs[0]) == TaskTally(total: 1, succeeded: 0, failed: 1))
        try core.redrive(jobs[1])
        #expect(core.state.tasks(of: jobs[0])?.open == 1)
        try core.succeed(jobs[1])
        #expect(try core.elapse().map(name) == ["jobSucceeded"])
    }

    /// As a job that waits for a pruned one: nobody could ever redrive it.
    @Test(arguments: [true, false])
    func `blocked by the rule wait, a dead or cancelled task is pruned: dead with the reason`(byHand: Bool)
        throws
    {
        var core = try CoreFixture()
        let span: TimeSpan? = byHand ? nil : .seconds(60)
        let retention = Retention(dead: span, cancelled: span)
        try core.run(.configureQueue(QueueSpecification(name: "default", retention: retention)))
        let jobs = try core.family(3, .wait)
        try core.kill(jobs[1])
        try core.run(.cancel([jobs[2]]))
        #expect(try core.elapse().isEmpty)
        let pruned = byHand ? [jobs[2]] : [jobs[1], jobs[2]]
        if byHand { try core.run(.prune(pruned)) }
        let events = try core.elapse(.seconds(60))
        let words = "one of its tasks, pruned by now, did not succeed"
        #expect(
            events.map(\.body) == (byHand ? [] : pruned.map { .jobPruned($0) }) + [
                .jobDied(jobs[0], reason: words)
            ]
        )
        #expect(core.log.first { $0.sequence == events.last?.cause }?.body == .jobPruned(pruned[0]))
        try core.refold()
    }

    @Test
    func `a job that died of a pruned task dies of it again after a redrive`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2, .wait)
        try core.kill(jobs[1])
        try core.run(.cancel([jobs[0]]))
        try core.elapse()
        try core.run(.prune([jobs[1]]))
        try core.redrive(jobs[0])
        #expect(try core.elapse().map(name) == ["jobDied"])
        try core.refold()
    }

    /// A task that waits for a job outside, scheduled ones, other queues: each ends its own way.
    @Test
    func `a task that never could run counts as one that failed`() throws {
        var core = try CoreFixture()
        let other = try core.create()
        let parent = JobSpecification(kind: "album")
        let jobs = try core.family(
            parent,
            [
                JobSpecification(kind: "a", queue: "q", runAt: core.now + .seconds(5)),
                JobSpecification(kind: "a", after: [other]),
            ]
        )
        #expect(core.state[jobs[1]]?.state == .scheduled)
        #expect(core.state[jobs[2]]?.state == .blocked)
        try core.run(.cancel([other]))
        #expect(try core.elapse().map(name) == ["jobDied", "jobDied"])
        #expect(core.state(of: jobs[0]) == .dead)
        #expect(core.state(of: jobs[1]) == .scheduled)
    }

    @Test
    func `cancelled: its waiting tasks are cancelled too, its running ones asked to stop`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(3)
        try core.succeed(jobs[1])
        try core.run(.start(jobs[2], worker: "w", lease: nil))
        let first = core.state.lastSequence + 1
        try core.run(.cancel([jobs[0]]))
        #expect(core.newest(3) == ["jobCancelled", "jobCancelRequested", "jobCancelled"])
        #expect(core.log.suffix(3).map(\.cause) == [0, first, first])
        #expect(jobs.map { core.state(of: $0) } == [.cancelled, .succeeded, .running, .cancelled])
        #expect(try core.elapse().isEmpty)
        // One that is named beside its parent is cancelled once.
        let others = try core.family(2)
        try core.run(.cancel([others[2], others[0]]))
        #expect(core.log.suffix(3).map(\.body.job) == [others[2], others[0], others[1]])
    }

    @Test
    func `expired: its tasks go on`() throws {
        var core = try CoreFixture()
        let parent = JobSpecification(kind: "album", timeouts: Timeouts(total: .seconds(5)))
        let jobs = try core.family(parent, [JobSpecification(kind: "image")])
        #expect(try core.elapse(.seconds(5)).map(\.body) == [.jobExpired(jobs[0])])
        #expect(core.state[jobs[1]]?.state == .ready)
    }

    @Test
    func `a task that is pruned stays counted; with the parent all is forgotten`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2, .wait)
        try core.succeed(jobs[1])
        try core.run(.prune([jobs[1]]))
        #expect(core.state.tasks(of: jobs[0]) == TaskTally(total: 2, succeeded: 1, failed: 0))
        try core.run(.cancel([jobs[0]]))
        #expect(core.state.tasks(of: jobs[0]) == TaskTally(total: 2, succeeded: 1, failed: 1))
        try core.run(.prune([jobs[0]]))
        #expect(core.state.tasks(of: jobs[0]) == nil)
        try core.redrive(jobs[2])
        try core.refold()
    }
}
