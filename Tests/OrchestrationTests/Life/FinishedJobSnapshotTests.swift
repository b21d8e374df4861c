import Orchestration
import Testing

/// dead, cancelled, succeeded: redrive, discard, rerun.
struct RevivalTests {
    @Test
    func `dead, redrive: ready with its own number and no attempt counted`() throws {
        var bench = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 1, maxCrashes: 0)
        let job = try bench.dead(JobSpecification(kind: "a", payload: [1], retry: retry))
        try bench.run(.redrive(Redrive([try #require(bench.recall(job))], patch: Payload([2]))))
        #expect(bench.newest(1) == ["jobRedriven"])
        let lease = try bench.lease()
        #expect(lease.job == job)
        #expect(lease.attempt == 1)
        #expect(lease.specification.payload == [2])
        // Its dead letters are found a second time.
        try bench.run(.fail(.lease(lease.token), Failure(type: "io")))
        #expect(bench.state(of: job) == .dead)
        try bench.redrive(job)
        #expect(try bench.lease().specification.payload == [2])
    }

    @Test
    func `cancelled, redrive: scheduled while its time is ahead`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(JobSpecification(kind: "a", runAt: bench.now + .seconds(50)))
        try bench.run(.cancel([job]))
        try bench.redrive(job)
        #expect(bench.state[job]?.state == .scheduled)
    }

    @Test
    func `expired, redrive: ready, and not expired again at once`() throws {
        var bench = try CoreFixture()
        let job = try bench.create(JobSpecification(kind: "a", expiresAt: bench.now + .seconds(5)))
        #expect(try bench.elapse(.seconds(5)).map(name) == ["jobExpired"])
        try bench.redrive(job)
        #expect(try bench.elapse(.seconds(5)).isEmpty)
        #expect(bench.state[job]?.state == .ready)
        // A moment that is still ahead is kept.
        let later = try bench.create(JobSpecification(kind: "a", expiresAt: bench.now + .seconds(5)))
        try bench.run(.cancel([later]))
        try bench.redrive(later)
        #expect(try bench.elapse(.seconds(5)).map(\.body) == [.jobExpired(later)])
    }

    @Test
    func `a rejected suggestion that is redriven waits for approval again`() throws {
        var bench = try CoreFixture()
        let job = try bench.suggest()
        try bench.run(.reject([job]))
        try bench.redrive(job, patch: Payload([3]))
        #expect(bench.state[job]?.state == .proposed)
        try bench.run(.approve([job]))
        #expect(try bench.lease().specification.payload == [3])
    }

    @Test
    func `patching an approved payload: approvalNeeded, unless who asks may approve`() throws {
        var bench = try CoreFixture()
        let job = try bench.suggest()
        try bench.run(.approve([job]))
        try bench.run(.cancel([job]))
        #expect(try bench.redriveRefusal(job, patch: Payload([1])) == .approvalNeeded(job))
        #expect(try bench.redriveRefusal(job) == nil)
        try bench.redrive(job, patch: Payload([1]), approves: true)
        #expect(bench.state[job]?.state == .ready)
        #expect(bench.state[job]?.specification.payload == [1])
    }

    @Test
    func `redrive of what lives, succeeded, changed since or is unknown is refused`() throws {
        var bench = try CoreFixture()
        let alive = try bench.create()
        let done = try bench.create()
        try bench.run(.start(done, worker: "w", lease: nil))
        try bench.run(.complete(.job(done), result: Payload()))
        let needs: [JobState] = [.dead, .cancelled]
        #expect(try bench.redriveRefusal(alive) == .wrongState(alive, .ready, needs: needs))
        #expect(try bench.redriveRefusal(done) == .wrongState(done, .succeeded, needs: needs))
        let dead = try bench.dead()
        let stale = try #require(bench.recall(dead))
        try bench.redrive(dead)
        try bench.run(.cancel([dead]))
        let actual = try #require(bench.state.lastSequence(of: dead))
        let conflict = Refusal.versionConflict(dead, expected: stale.version, actual: actual)
        #expect(bench.refusal(.redrive(Redrive([stale]))) == conflict)
        var ghost = stale
        ghost.job = JobID(99)
        #expect(bench.refusal(.redrive(Redrive([ghost]))) == .notFound(JobID(99)))
        #expect(bench.refusal(.redrive(Redrive([stale, ghost]))) == conflict)
    }

    @Test
    func `redrive of a job whose unique key another one has now: duplicate`() throws {
        var bench = try CoreFixture()
        let unique = JobSpecification(kind: "a", uniqueKey: "k")
        let first = try bench.dead(unique)
        let second = try bench.create(unique)
        #expect(try bench.redriveRefusal(first) == .duplicate(of: second))
        try bench.run(.cancel([second]))
        let both = [first, second].compactMap { bench.recall($0) }
        #expect(bench.refusal(.redrive(Redrive(both))) == .duplicate(of: first))
        try bench.redrive(first)
        #expect(bench.refusal(.create(unique)) == .duplicate(of: first))
    }

    @Test
    func `dead, discard: cancelled with that reason; anything else is refused`() throws {
        var bench = try CoreFixture()
        let job = try bench.dead()
        try bench.run(.discard([job]))
        #expect(bench.newest(1) == ["jobDiscarded"])
        #expect(bench.state.outcome(of: job)?.reason == .discarded)
        #expect(bench.refusal(.discard([job])) == .wrongState(job, .cancelled, needs: [.dead]))
        try bench.redrive(job)
        #expect(bench.state(of: job) == .ready)
    }

    @Test
    func `succeeded, rerun: a new job that says what it repeats`() throws {
        var bench = try CoreFixture()
        let parent = try bench.succeeded()
        var specification = JobSpecification(kind: "a", payload: [4], after: [parent])
        specification.expiresAt = bench.now + .seconds(10)
        let first = try bench.create(specification)
        try bench.elapse()
        try bench.run(.complete(.lease(try bench.lease().token), result: Payload()))
        bench.now = bench.now + .seconds(20)
        let revival = try #require(bench.recall(first))
        #expect(try bench.run(.rerun(revival)) == .created(JobID(3)))
        let again = try #require(bench.state[JobID(3)])
        #expect(again.state == .ready)
        #expect(again.specification.rerunOf == first)
        #expect(again.specification.payload == [4])
        #expect(again.specification.expiresAt == nil)
        #expect(bench.state(of: first) == .succeeded)
        let dead = try bench.dead()
        let wrong = try #require(bench.recall(dead))
        #expect(bench.refusal(.rerun(wrong)) == .wrongState(dead, .dead, needs: [.succeeded]))
    }

    @Test
    func `a rerun takes the unique key over from the job that it repeats, and from no other`() throws {
        var bench = try CoreFixture()
        for rule in [ClashRule.refuse, .existing] {
            let job = JobSpecification(
                kind: "a",
                uniqueKey: "k\(rule)",
                uniqueWindow: .seconds(3600),
                onClash: rule
            )
            let first = try bench.create(job)
            try bench.run(.complete(.lease(try bench.lease().token), result: Payload()))
            let second = try bench.run(.rerun(try #require(bench.recall(first))))
            #expect(second == .created(JobID(first.rawValue + 1)))
            #expect(
                bench.refusal(.rerun(try #require(bench.recall(first))))
                    == .duplicate(of: JobID(first.rawValue + 1))
            )
            try bench.run(.cancel([JobID(first.rawValue + 1)]))
        }
    }
}
