import Orchestration
import Testing

/// dead, cancelled, succeeded: redrive, discard, rerun.
struct FinishedJobTests {
    @Test
    func `dead, redrive: ready with its own number and no attempt counted`() throws {
        var core = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try core.dead(JobSpecification(kind: "a", payload: [1], retry: retry))
        try core.run(.redrive(Redrive([try #require(core.recall(job))], patch: Payload([2]))))
        #expect(core.newest(1) == ["jobRedriven"])
        let lease = try core.lease()
        #expect(lease.job == job)
        #expect(lease.attempt == 1)
        #expect(lease.specification.payload == [2])
        // Its dead letters are found a second time.
        try core.run(.fail(.lease(lease.token), Failure(type: "io")))
        #expect(core.state(of: job) == .dead)
        try core.redrive(job)
        #expect(try core.lease().specification.payload == [2])
    }

    @Test
    func `cancelled, redrive: scheduled while its time is ahead`() throws {
        var core = try CoreFixture()
        let job = try core.create(JobSpecification(kind: "a", runAt: core.now + .seconds(50)))
        try core.run(.cancel([job]))
        try core.redrive(job)
        #expect(core.state[job]?.state == .scheduled)
    }

    @Test
    func `expired, redrive: ready, and not expired again at once`() throws {
        var core = try CoreFixture()
        let job = try core.create(JobSpecification(kind: "a", expiresAt: core.now + .seconds(5)))
        #expect(try core.elapse(.seconds(5)).map(name) == ["jobExpired"])
        try core.redrive(job)
        #expect(try core.elapse(.seconds(5)).isEmpty)
        #expect(core.state[job]?.state == .ready)
        // A moment that is still ahead is kept.
        let later = try core.create(JobSpecification(kind: "a", expiresAt: core.now + .seconds(5)))
        try core.run(.cancel([later]))
        try core.redrive(later)
        #expect(try core.elapse(.seconds(5)).map(\.body) == [.jobExpired(later)])
    }

    @Test
    func `a rejected suggestion that is redriven waits for approval again`() throws {
        var core = try CoreFixture()
        let job = try core.suggest()
        try core.run(.reject([job]))
        try core.redrive(job, patch: Payload([3]))
        #expect(core.state[job]?.state == .proposed)
        try core.run(.approve([job]))
        #expect(try core.lease().specification.payload == [3])
    }

    @Test
    func `patching an approved payload: approvalNeeded, unless who asks may approve`() throws {
        var core = try CoreFixture()
        let job = try core.suggest()
        try core.run(.approve([job]))
        try core.run(.cancel([job]))
        #expect(try core.redriveRefusal(job, patch: Payload([1])) == .approvalNeeded(job))
        #expect(try core.redriveRefusal(job) == nil)
        try core.redrive(job, patch: Payload([1]), approves: true)
        #expect(core.state[job]?.state == .ready)
        #expect(core.state[job]?.specification.payload == [1])
    }

    @Test
    func `redrive of what lives, succeeded, changed since or is unknown is refused`() throws {
        var core = try CoreFixture()
        let alive = try core.create()
        let done = try core.create()
        try core.run(.start(done, worker: "w", lease: nil))
        try core.run(.complete(.job(done), result: Payload()))
        let needs: [JobState] = [.dead, .cancelled]
        #expect(try core.redriveRefusal(alive) == .wrongState(alive, .ready, needs: needs))
        #expect(try core.redriveRefusal(done) == .wrongState(done, .succeeded, needs: needs))
        let dead = try core.dead()
        let stale = try #require(core.recall(dead))
        try core.redrive(dead)
        try core.run(.cancel([dead]))
        let actual = try #require(core.state.lastSequence(of: dead))
        let conflict = Refusal.versionConflict(dead, expected: stale.version, actual: actual)
        #expect(core.refusal(.redrive(Redrive([stale]))) == conflict)
        var ghost = stale
        ghost.job = JobID(99)
        #expect(core.refusal(.redrive(Redrive([ghost]))) == .notFound(JobID(99)))
        #expect(core.refusal(.redrive(Redrive([stale, ghost]))) == conflict)
    }

    @Test
    func `redrive of a job whose unique key another one has now: duplicate`() throws {
        var core = try CoreFixture()
        let unique = JobSpecification(kind: "a", uniqueKey: "k")
        let first = try core.dead(unique)
        let second = try core.create(unique)
        #expect(try core.redriveRefusal(first) == .duplicate(of: second))
        try core.run(.cancel([second]))
        let both = [first, second].compactMap { core.recall($0) }
        #expect(core.refusal(.redrive(Redrive(both))) == .duplicate(of: first))
        try core.redrive(first)
        #expect(core.refusal(.create(unique)) == .duplicate(of: first))
    }

    @Test
    func `dead, discard: cancelled with that reason; anything else is refused`() throws {
        var core = try CoreFixture()
        let job = try core.dead()
        try core.run(.discard([job]))
        #expect(core.newest(1) == ["jobDiscarded"])
        #expect(core.state.outcome(of: job)?.reason == .discarded)
        #expect(core.refusal(.discard([job])) == .wrongState(job, .cancelled, needs: [.dead]))
        try core.redrive(job)
        #expect(core.state(of: job) == .ready)
    }

    @Test
    func `succeeded, rerun: a new job that says what it repeats`() throws {
        var core = try CoreFixture()
        let parent = try core.succeeded()
        var specification = JobSpecification(kind: "a", payload: [4], after: [parent])
        specification.expiresAt = core.now + .seconds(10)
        let first = try core.create(specification)
        try core.elapse()
        try core.run(.complete(.lease(try core.lease().token), result: Payload()))
        core.now = core.now + .seconds(20)
        let revival = try #require(core.recall(first))
        #expect(try core.run(.rerun(revival)) == .created(JobID(3)))
        let again = try #require(core.state[JobID(3)])
        #expect(again.state == .ready)
        #expect(again.specification.rerunOf == first)
        #expect(again.specification.payload == [4])
        #expect(again.specification.expiresAt == nil)
        #expect(core.state(of: first) == .succeeded)
        let dead = try core.dead()
        let wrong = try #require(core.recall(dead))
        #expect(core.refusal(.rerun(wrong)) == .wrongState(dead, .dead, needs: [.succeeded]))
    }

    @Test
    func `a rerun takes the unique key over from the job that it repeats, and from no other`() throws {
        var core = try CoreFixture()
        for rule in [ClashRule.refuse, .existing] {
            let job = JobSpecification(
                kind: "a",
                uniqueKey: "k\(rule)",
                uniqueWindow: .seconds(3600),
                onClash: rule
            )
            let first = try core.create(job)
            try core.run(.complete(.lease(try core.lease().token), result: Payload()))
            let second = try core.run(.rerun(try #require(core.recall(first))))
            #expect(second == .created(JobID(first.rawValue + 1)))
            #expect(
                core.refusal(.rerun(try #require(core.recall(first))))
                    == .duplicate(of: JobID(first.rawValue + 1))
            )
            try core.run(.cancel([JobID(first.rawValue + 1)]))
        }
    }
}
