import Orchestration
import Testing

/// The rows of the table of states: command by state, to event or refusal.
struct LifeCycleTests {
    @Test
    func `a job is created ready, dispatched, and succeeds`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        #expect(job == JobID(1))
        #expect(core.state[job]?.state == .ready)
        let lease = try core.lease()
        #expect(lease.job == job)
        #expect(lease.attempt == 1)
        #expect(core.state[job]?.state == .running)
        try core.run(.complete(.lease(lease.token), result: Payload([9])))
        let outcome = try #require(core.state.outcome(of: job))
        #expect(outcome.state == .succeeded)
        #expect(outcome.lastSequence == core.state.lastSequence)
        #expect(core.newest(3) == ["jobCreated", "jobDispatched", "jobSucceeded"])
        #expect(core.state[job] == nil)
        #expect(core.state.openCount == 0)
        #expect(core.state.jobCount == 1)
    }

    @Test
    func `a run-at time ahead makes it scheduled until then`() throws {
        var core = try CoreFixture()
        let specification = JobSpecification(kind: "a", runAt: core.now + .seconds(10))
        let job = try core.create(specification)
        #expect(core.state[job]?.state == .scheduled)
        #expect(core.state.nextTimer == specification.runAt)
        #expect(try core.elapse(.seconds(9)).isEmpty)
        #expect(try core.elapse(.seconds(1)).map(name) == ["jobDue"])
        #expect(core.state[job]?.state == .ready)
        #expect(core.state.nextTimer == nil)
    }

    @Test
    func `a suggestion waits for approval, then queues behind what was ready before`() throws {
        var core = try CoreFixture()
        let suggestion = try core.suggest()
        let later = try core.create()
        #expect(core.state[suggestion]?.state == .proposed)
        try core.run(.approve([suggestion]))
        #expect(core.newest(1) == ["suggestionApproved"])
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [later, suggestion])
    }

    @Test
    func `an approved suggestion with a run-at time ahead is scheduled`() throws {
        var core = try CoreFixture()
        let job = try core.suggest(JobSpecification(kind: "a", runAt: core.now + .seconds(10)))
        try core.run(.approve([job]))
        #expect(core.state[job]?.state == .scheduled)
    }

    @Test
    func `approval and rejection are all or none`() throws {
        var core = try CoreFixture()
        let first = try core.suggest()
        let second = try core.suggest()
        try core.run(.reject([second]))
        #expect(core.refusal(.approve([first, second])) == .alreadyDecided(second, .cancelled))
        #expect(core.refusal(.reject([first, JobID(9)])) == .notFound(JobID(9)))
        #expect(
            core.refusal(.approve([first, first])) == .invalid(field: "jobs", problem: "names a job twice")
        )
        #expect(core.state[first]?.state == .proposed)
        #expect(core.state.outcome(of: second)?.reason == .rejected)
        try core.run(.approve([first]))
        #expect(core.refusal(.approve([first])) == .alreadyDecided(first, .ready))
        #expect(core.refusal(.reject([first])) == .alreadyDecided(first, .ready))
    }

    @Test
    func `a proposed or waiting job is cancelled at once, an ended one is refused`() throws {
        var core = try CoreFixture()
        for job in [try core.create(), try core.suggest()] {
            try core.run(.cancel([job]))
            #expect(core.newest(1) == ["jobCancelled"])
            #expect(core.state.outcome(of: job)?.reason == .cancelled)
            #expect(core.refusal(.cancel([job])) == .alreadyEnded(job, .cancelled))
        }
        #expect(core.refusal(.cancel([JobID(99)])) == .notFound(JobID(99)))
    }

    @Test
    func `several jobs are cancelled together, or none of them`() throws {
        var core = try CoreFixture()
        let running = try core.create()
        _ = try core.lease()
        let waiting = try core.create()
        let sequence = core.state.lastSequence
        #expect(core.refusal(.cancel([waiting, JobID(99)])) == .notFound(JobID(99)))
        let twice = core.refusal(.cancel([waiting, waiting]))
        #expect(twice == .invalid(field: "jobs", problem: "names a job twice"))
        #expect(core.state.lastSequence == sequence)
        try core.run(.cancel([running, waiting]))
        #expect(core.newest(2) == ["jobCancelRequested", "jobCancelled"])
    }

    @Test
    func `a running job is asked to stop, once, and forced when its lease ends`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        _ = try core.lease()
        core.now = core.now + .seconds(30)
        try core.run(.cancel([job]))
        #expect(core.newest(1) == ["jobCancelRequested"])
        #expect(core.state[job]?.isCancelRequested == true)
        let sequence = core.state.lastSequence
        #expect(try core.run(.cancel([job])) == .done)
        #expect(core.state.lastSequence == sequence)
        #expect(try core.elapse(.seconds(29)).isEmpty)
        #expect(try core.elapse(.seconds(1)).map(name) == ["jobCancelled"])
        #expect(core.state.outcome(of: job)?.reason == .cancelled)
        #expect(core.state.runningCount == 0)
    }

    @Test
    func `after a request to cancel, success is success and failure is the cancellation`() throws {
        var core = try CoreFixture()
        let first = try core.create()
        let second = try core.create()
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 2))
        for job in [first, second] { try core.run(.cancel([job])) }
        try core.run(.complete(.lease(leases[0].token), result: Payload()))
        try core.run(.fail(.lease(leases[1].token), Failure(type: "io")))
        #expect(core.newest(2) == ["attemptFailed", "jobCancelled"])
        #expect(core.state.outcome(of: first)?.state == .succeeded)
        #expect(core.state.outcome(of: second)?.state == .cancelled)
    }

    @Test
    func `completing by job says what is wrong with the job`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        #expect(core.refusal(.complete(.job(job), result: Payload())) == .notRunning(job, .ready))
        _ = try core.lease()
        try core.run(.complete(.job(job), result: Payload()))
        #expect(core.refusal(.complete(.job(job), result: Payload())) == .alreadyEnded(job, .succeeded))
        #expect(core.refusal(.fail(.job(JobID(5)), Failure(type: "x"))) == .notFound(JobID(5)))
    }

    @Test
    func `many completions have an outcome each`() throws {
        var core = try CoreFixture()
        for _ in 0..<3 { _ = try core.create() }
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 3))
        let lost = LeaseToken(epoch: 9, counter: 9)
        let list = [leases[2].token, leases[0].token, lost, leases[2].token].map { Completion(.lease($0)) }
        let answer = try core.run(.completeMany(list + [Completion(.job(leases[0].job))]))
        let expected: [Refusal?] = [
            nil, nil, .leaseLost(lost), .leaseLost(leases[2].token), .alreadyEnded(leases[0].job, .succeeded),
        ]
        #expect(answer == .outcomes(expected))
        #expect(core.state.runningCount == 1)
    }

    @Test
    func `a job that expires while proposed or waiting is cancelled, a running one is not`() throws {
        var core = try CoreFixture()
        let expiresAt = core.now + .seconds(10)
        let running = try core.create(JobSpecification(kind: "a", expiresAt: expiresAt))
        _ = try core.lease()
        let ready = try core.create(JobSpecification(kind: "a", expiresAt: expiresAt))
        let proposed = try core.suggest(JobSpecification(kind: "a", expiresAt: expiresAt))
        let both = JobSpecification(kind: "a", runAt: core.now + .seconds(10), expiresAt: expiresAt)
        let scheduled = try core.create(both)
        #expect(try core.elapse(.seconds(10)).map(name) == ["jobExpired", "jobExpired", "jobExpired"])
        for job in [ready, proposed, scheduled] { #expect(core.state.outcome(of: job)?.reason == .expired) }
        #expect(core.state[running]?.state == .running)
    }

    @Test
    func `points go to any job that has not ended`() throws {
        var core = try CoreFixture()
        let job = try core.suggest()
        let points = [
            Point(step: 1, time: core.now, value: 0.5), Point(step: 4, time: core.now, value: .nan),
        ]
        try core.run(.addPoints(job, series: "loss", points: points))
        let tally = try #require(core.state[job]?.series.first)
        #expect(tally.name == "loss")
        #expect(tally.count == 2)
        #expect(tally.lastStep == 4)
        try core.run(.cancel([job]))
        let command = Command.addPoints(job, series: "loss", points: points)
        #expect(core.refusal(command) == .alreadyEnded(job, .cancelled))
    }

    @Test
    func `one open job holds a unique key, also inside one list`() throws {
        var core = try CoreFixture()
        let unique = JobSpecification(kind: "a", uniqueKey: "k")
        let job = try core.create(unique)
        #expect(core.refusal(.suggest(unique)) == .duplicate(of: job))
        try core.run(.cancel([job]))
        #expect(core.refusal(.createMany([unique, unique])) == .duplicate(of: JobID(2)))
        #expect(try core.create(unique) == JobID(2))
    }

    @Test
    func `a command on one job is refused when its version is another`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        let actual = try #require(core.state[job]).lastSequence
        let context = CommandContext(actor: "a", expectedVersion: actual + 1)
        let refusal = Refusal.versionConflict(job, expected: actual + 1, actual: actual)
        #expect(core.refusal(.cancel([job]), context) == refusal)
        #expect(core.refusal(.create(JobSpecification(kind: "a")), context) != nil)
        try core.run(.cancel([job]), CommandContext(actor: "a", expectedVersion: actual))
    }
}
