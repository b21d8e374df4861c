import Orchestration
import Testing

/// Redrive and rerun of jobs with tasks, and what nobody may ask of them.
struct TaskRevivalTests {
    @Test
    func `dead, redriven after its tasks: blocked, and it ends with them`() throws {
        var bench = try CoreFixture()
        let jobs = try bench.family(2)
        try bench.kill(jobs[1])
        try bench.succeed(jobs[2])
        try bench.elapse()
        try bench.redrive(jobs[1])
        #expect(bench.state(of: jobs[0]) == .dead)
        try bench.redrive(jobs[0])
        #expect(bench.state[jobs[0]]?.state == .blocked)
        #expect(bench.state[jobs[0]]?.waitsFor == 1)
        #expect(try bench.elapse().isEmpty)
        try bench.succeed(jobs[1])
        #expect(try bench.elapse().map(\.body) == [.jobSucceeded(jobs[0], .absent, result: Payload())])
        try bench.refold()
    }

    @Test
    func `dead, redriven before its tasks: dead again at once`() throws {
        var bench = try CoreFixture()
        let jobs = try bench.family(2)
        try bench.kill(jobs[2])
        try bench.elapse()
        try bench.redrive(jobs[0])
        let cause = bench.state.lastSequence
        let end = try #require(try bench.elapse().first)
        #expect(end.body == .jobDied(jobs[0], reason: "its task 3 did not succeed"))
        #expect(end.cause == cause)
        try bench.run(.prune([jobs[2]]))
        try bench.redrive(jobs[0])
        let words = "one of its tasks, pruned by now, did not succeed"
        #expect(try bench.elapse().map(\.body) == [.jobDied(jobs[0], reason: words)])
        try bench.refold()
    }

    @Test
    func `redriven together with its tasks, in any order: blocked`() throws {
        for isParentFirst in [true, false] {
            var bench = try CoreFixture()
            let jobs = try bench.family(1)
            try bench.kill(jobs[1])
            try bench.elapse()
            let revivals = try jobs.map { try #require(bench.recall($0)) }
            try bench.run(.redrive(Redrive(isParentFirst ? revivals : revivals.reversed())))
            #expect(try bench.elapse().isEmpty)
            #expect(bench.state[jobs[0]]?.state == .blocked)
        }
    }

    @Test
    func `a rerun repeats a task as a job of its own, and no job with tasks`() throws {
        var bench = try CoreFixture()
        let jobs = try bench.family(1)
        try bench.succeed(jobs[1])
        try bench.elapse()
        let parent = try #require(bench.recall(jobs[0]))
        guard case .invalid("job", _) = bench.refusal(.rerun(parent)) else { throw Surprise.answer }
        try bench.run(.rerun(try #require(bench.recall(jobs[1]))))
        #expect(bench.state[JobID(3)]?.specification.parent == nil)
        #expect(bench.state[JobID(3)]?.specification.rerunOf == jobs[1])
    }

    @Test
    func `a specification that was a parent's or a task's makes a job of its own`() throws {
        var bench = try CoreFixture()
        let jobs = try bench.family(2)
        for job in jobs {
            let specification = try #require(bench.state[job]?.specification)
            let copy = try bench.create(specification)
            #expect(bench.state[copy]?.state == .ready)
            #expect(bench.state[copy]?.specification.parent == nil)
            let nested = try bench.family(specification, [specification])
            #expect(bench.state.tasks(of: nested[0])?.total == 1)
            #expect(bench.state.tasks(of: nested[1]) == nil)
        }
    }

    @Test
    func `what a job with tasks can't be is refused`() throws {
        var bench = try CoreFixture(limits: CoreLimits(commandItems: 4))
        let job = try bench.create()
        let (plain, task) = (JobSpecification(kind: "a"), JobSpecification(kind: "b"))
        let refused: [(String, JobSpecification, [JobSpecification])] = [
            ("tasks", plain, []), ("tasks", plain, [task, task, task, task]),
            ("after", JobSpecification(kind: "a", after: [job]), [task]),
            ("runAt", JobSpecification(kind: "a", runAt: bench.now + .seconds(1)), [task]),
            ("onClash", JobSpecification(kind: "a", uniqueKey: "u", onClash: .existing), [task]),
            ("onClash", plain, [JobSpecification(kind: "b", onClash: .existing)]),
            ("kind", plain, [task, JobSpecification(kind: "")]),
        ]
        for (field, parent, tasks) in refused {
            guard case .invalid(field, _) = bench.refusal(.createWithTasks(parent, tasks: tasks)) else {
                Issue.record("\(field) is not refused")
                continue
            }
        }
        let unique = JobSpecification(kind: "b", uniqueKey: "u")
        let twice = bench.refusal(.createWithTasks(plain, tasks: [unique, unique]))
        #expect(twice == .duplicate(of: JobID(3)))
        let parent = try bench.family(plain, [task])[0]
        for command: Command in [.hold([parent]), .update(parent, JobChange(runAt: bench.now))] {
            guard case .invalid = bench.refusal(command) else { throw Surprise.answer }
        }
        #expect(
            bench.refusal(.start(parent, worker: "w", lease: nil))
                == .wrongState(parent, .blocked, needs: [.ready])
        )
        try bench.run(.update(parent, JobChange(priority: 3)))
    }

    @Test
    func `one key, one family`() throws {
        var bench = try CoreFixture()
        let command = Command.createWithTasks(
            JobSpecification(kind: "a"),
            tasks: [JobSpecification(kind: "b")]
        )
        let first = try bench.run(command, bench.keyed("k"))
        #expect(try bench.run(command, bench.keyed("k")) == first)
        #expect(bench.state.jobCount == 2)
        let other = Command.createMany([JobSpecification(kind: "a"), JobSpecification(kind: "b")])
        #expect(bench.refusal(other, bench.keyed("k")) == .keyReused("k"))
    }
}
