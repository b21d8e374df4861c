import Orchestration
import Testing

/// The rows of the table of states: command by state, to event or refusal.
struct LifeCycleTests {
    @Test
    func `a job is created ready, dispatched, and succeeds`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        #expect(job == JobID(1))
        #expect(bench.state[job]?.state == .ready)
        let lease = try bench.lease()
        #expect(lease.job == job)
        #expect(lease.attempt == 1)
        #expect(bench.state[job]?.state == .running)
        try bench.run(.complete(.lease(lease.token), result: Payload([9])))
        let outcome = try #require(bench.state.outcome(of: job))
        #expect(outcome.state == .succeeded)
        #expect(outcome.lastSequence == bench.state.lastSequence)
        #expect(bench.newest(3) == ["jobCreated", "jobDispatched", "jobSucceeded"])
        #expect(bench.state[job] == nil)
        #expect(bench.state.openCount == 0)
        #expect(bench.state.jobCount == 1)
    }

    @Test
    func `a run-at time ahead makes it scheduled until then`() throws {
        var bench = try CoreFixture()
        let specification = JobSpecification(kind: "a", runAt: bench.now + .seconds(10))
        let job = try bench.create(specification)
        #expect(bench.state[job]?.state == .scheduled)
        #expect(bench.state.nextTimer == specification.runAt)
        #expect(try bench.elapse(.seconds(9)).isEmpty)
        #expect(try bench.elapse(.seconds(1)).map(name) == ["jobDue"])
        #expect(bench.state[job]?.state == .ready)
        #expect(bench.state.nextTimer == nil)
    }

    @Test
    func `a suggestion waits for approval, then queues behind what was ready before`() throws {
        var bench = try CoreFixture()
        let suggestion = try bench.suggest()
        let later = try bench.create()
        #expect(bench.state[suggestion]?.state == .proposed)
        try bench.run(.approve([suggestion]))
        #expect(bench.newest(1) == ["suggestionApproved"])
        #expect(try bench.dispatch(DispatchRequest(worker: "w", max: 2)).map(\.job) == [later, suggestion])
    }

    @Test
    func `an approved suggestion with a run-at time ahead is scheduled`() throws {
        var bench = try CoreFixture()
        let job = try bench.suggest(JobSpecification(kind: "a", runAt: bench.now + .seconds(10)))
        try bench.run(.approve([job]))
        #expect(bench.state[job]?.state == .scheduled)
    }

    @Test
    func `approval and rejection are all or none`() throws {
        var bench = try CoreFixture()
        let first = try bench.suggest()
        let second = try bench.suggest()
        try bench.run(.reject([second]))
        #expect(bench.refusal(.approve([first, second])) == .alreadyDecided(second, .cancelled))
        #expect(bench.refusal(.reject([first, JobID(9)])) == .notFound(JobID(9)))
        #expect(
            bench.refusal(.approve([first, first])) == .invalid(field: "jobs", problem: "names a job twice")
        )
        #expect(bench.state[first]?.state == .proposed)
        #expect(bench.state.outcome(of: second)?.reason == .rejected)
        try bench.run(.approve([first]))
        #expect(bench.refusal(.approve([first])) == .alreadyDecided(first, .ready))
        #expect(bench.refusal(.reject([first])) == .alreadyDecided(first, .ready))
    }

    @Test
    func `a proposed or waiting job is cancelled at once, an ended one is refused`() throws {
        var bench = try CoreFixture()
        for job in [try bench.create(), try bench.suggest()] {
            try bench.run(.cancel([job]))
            #expect(bench.newest(1) == ["jobCancelled"])
            #expect(bench.state.outcome(of: job)?.reason == .cancelled)
            #expect(bench.refusal(.cancel([job])) == .alreadyEnded(job, .cancelled))
        }
        #expect(bench.refusal(.cancel([JobID(99)])) == .notFound(JobID(99)))
    }

    @Test
    func `several jobs are cancelled together, or none of them`() throws {
        var bench = try CoreFixture()
        let running = try bench.create()
        _ = try bench.lease()
        let waiting = try bench.create()
        let sequence = bench.state.lastSequence
        #expect(bench.refusal(.cancel([waiting, JobID(99)])) == .notFound(JobID(99)))
        let twice = bench.refusal(.cancel([waiting, waiting]))
        #expect(twice == .invalid(field: "jobs", problem: "names a job twice"))
        #expect(bench.state.lastSequence == sequence)
        try bench.run(.cancel([running, waiting]))
        #expect(bench.newest(2) == ["jobCancelRequested", "jobCancelled"])
    }

    @Test
    func `a running job is asked to stop, once, and forced when its lease ends`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        _ = try bench.lease()
        bench.now = bench.now + .seconds(30)
        try bench.run(.cancel([job]))
        #expect(bench.newest(1) == ["jobCancelRequested"])
        #expect(bench.state[job]?.isCancelRequested == true)
        let sequence = bench.state.lastSequence
        #expect(try bench.run(.cancel([job])) == .done)
        #expect(bench.state.lastSequence == sequence)
        #expect(try bench.elapse(.seconds(29)).isEmpty)
        #expect(try bench.elapse(.seconds(1)).map(name) == ["jobCancelled"])
        #expect(bench.state.outcome(of: job)?.reason == .cancelled)
        #expect(bench.state.runningCount == 0)
    }

    @Test
    func `after a request to cancel, success is success and failure is the cancellation`() throws {
        var bench = try CoreFixture()
        let first = try bench.create()
        let second = try bench.create()
        let leases = try bench.dispatch(DispatchRequest(worker: "w", max: 2))
        for job in [first, second] { try bench.run(.cancel([job])) }
        try bench.run(.complete(.lease(leases[0].token), result: Payload()))
        try bench.run(.fail(.lease(leases[1].token), Failure(type: "io")))
        #expect(bench.newest(2) == ["attemptFailed", "jobCancelled"])
        #expect(bench.state.outcome(of: first)?.state == .succeeded)
        #expect(bench.state.outcome(of: second)?.state == .cancelled)
    }

    @Test
    func `completing by job says what is wrong with the job`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        #expect(bench.refusal(.complete(.job(job), result: Payload())) == .notRunning(job, .ready))
        _ = try bench.lease()
        try bench.run(.complete(.job(job), result: Payload()))
        #expect(bench.refusal(.complete(.job(job), result: Payload())) == .alreadyEnded(job, .succeeded))
        #expect(bench.refusal(.fail(.job(JobID(5)), Failure(type: "x"))) == .notFound(JobID(5)))
    }

    @Test
    func `many completions have an outcome each`() throws {
        var bench = try CoreFixture()
        for _ in 0..<3 { _ = try bench.create() }
        let leases = try bench.dispatch(DispatchRequest(worker: "w", max: 3))
        let lost = LeaseToken(epoch: 9, counter: 9)
        let list = [leases[2].token, leases[0].token, lost, leases[2].token].map { Completion(.lease($0)) }
        let answer = try bench.run(.completeMany(list + [Completion(.job(leases[0].job))]))
        let expected: [Refusal?] = [
            nil, nil, .leaseLost(lost), .leaseLost(leases[2].token), .alreadyEnded(leases[0].job, .succeeded),
        ]
        #expect(answer == .outcomes(expected))
        #expect(bench.state.runningCount == 1)
    }

    @Test
    func `a job that expires while proposed or waiting is cancelled, a running one is not`() throws {
        var bench = try CoreFixture()
        let expiresAt = bench.now + .seconds(10)
        let running = try bench.create(JobSpecification(kind: "a", expiresAt: expiresAt))
        _ = try bench.lease()
        let ready = try bench.create(JobSpecification(kind: "a", expiresAt: expiresAt))
        let proposed = try bench.suggest(JobSpecification(kind: "a", expiresAt: expiresAt))
        let both = JobSpecification(kind: "a", runAt: bench.now + .seconds(10), expiresAt: expiresAt)
        let scheduled = try bench.create(both)
        #expect(try bench.elapse(.seconds(10)).map(name) == ["jobExpired", "jobExpired", "jobExpired"])
        for job in [ready, proposed, scheduled] { #expect(bench.state.outcome(of: job)?.reason == .expired) }
        #expect(bench.state[running]?.state == .running)
    }

    @Test
    func `points go to any job that has not ended`() throws {
        var bench = try CoreFixture()
        let job = try bench.suggest()
        let points = [
            Point(step: 1, time: bench.now, value: 0.5), Point(step: 4, time: bench.now, value: .nan),
        ]
        try bench.run(.addPoints(job, series: "loss", points: points))
        let tally = try #require(bench.state[job]?.series.first)
        #expect(tally.name == "loss")
        #expect(tally.count == 2)
        #expect(tally.lastStep == 4)
        try bench.run(.cancel([job]))
        let command = Command.addPoints(job, series: "loss", points: points)
        #expect(bench.refusal(command) == .alreadyEnded(job, .cancelled))
    }

    @Test
    func `one open job holds a unique key, also inside one list`() throws {
        var bench = try CoreFixture()
        let unique = JobSpecification(kind: "a", uniqueKey: "k")
        let job = try bench.create(unique)
        #expect(bench.refusal(.suggest(unique)) == .duplicate(of: job))
        try bench.run(.cancel([job]))
        #expect(bench.refusal(.createMany([unique, unique])) == .duplicate(of: JobID(2)))
        #expect(try bench.create(unique) == JobID(2))
    }

    @Test
    func `a command on one job is refused when its version is another`() throws {
        var bench = try CoreFixture()
        let job = try bench.create()
        let actual = try #require(bench.state[job]).lastSequence
        let context = CommandContext(actor: "a", expectedVersion: actual + 1)
        let refusal = Refusal.versionConflict(job, expected: actual + 1, actual: actual)
        #expect(bench.refusal(.cancel([job]), context) == refusal)
        #expect(bench.refusal(.create(JobSpecification(kind: "a")), context) != nil)
        try bench.run(.cancel([job]), CommandContext(actor: "a", expectedVersion: actual))
    }
}
