import Orchestration
import Testing

/// Redrive and rerun of jobs with tasks, and what nobody may ask of them.
struct TaskRevivalTests {
    @Test
    func `dead, redriven after its tasks: blocked, and it ends with them`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2)
        try core.kill(jobs[1])
        try core.succeed(jobs[2])
        try core.elapse()
        try core.redrive(jobs[1])
        #expect(core.state(of: jobs[0]) == .dead)
        try core.redrive(jobs[0])
        #expect(core.state[jobs[0]]?.state == .blocked)
        #expect(core.state[jobs[0]]?.waitsFor == 1)
        #expect(try core.elapse().isEmpty)
        try core.succeed(jobs[1])
        #expect(try core.elapse().map(\.body) == [.jobSucceeded(jobs[0], .absent, result: Payload())])
        try core.refold()
    }

    @Test
    func `dead, redriven before its tasks: dead again at once`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2)
        try core.kill(jobs[2])
        try core.elapse()
        try core.redrive(jobs[0])
        let cause = core.state.lastSequence
        let end = try #require(try core.elapse().first)
        #expect(end.body == .jobDied(jobs[0], reason: "its task 3 did not succeed"))
        #expect(end.cause == cause)
        try core.run(.prune([jobs[2]]))
        try core.redrive(jobs[0])
        let words = "one of its tasks, pruned by now, did not succeed"
        #expect(try core.elapse().map(\.body) == [.jobDied(jobs[0], reason: words)])
        try core.refold()
    }

    @Test
    func `redriven together with its tasks, in any order: blocked`() throws {
        for isParentFirst in [true, false] {
            var core = try CoreFixture()
            let jobs = try core.family(1)
            try core.kill(jobs[1])
            try core.elapse()
            let revivals = try jobs.map { try #require(core.recall($0)) }
            try core.run(.redrive(Redrive(isParentFirst ? revivals : revivals.reversed())))
            #expect(try core.elapse().isEmpty)
            #expect(core.state[jobs[0]]?.state == .blocked)
        }
    }

    @Test
    func `a rerun repeats a task as a job of its own, and no job with tasks`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(1)
        try core.succeed(jobs[1])
        try core.elapse()
        let parent = try #require(core.recall(jobs[0]))
        guard case .invalid("job", _) = core.refusal(.rerun(parent)) else { throw Surprise.answer }
        try core.run(.rerun(try #require(core.recall(jobs[1]))))
        #expect(core.state[JobID(3)]?.specification.parent == nil)
        #expect(core.state[JobID(3)]?.specification.rerunOf == jobs[1])
    }

    @Test
    func `a specification that was a parent's or a task's makes a job of its own`() throws {
        var core = try CoreFixture()
        let jobs = try core.family(2)
        for job in jobs {
            let specification = try #require(core.state[job]?.specification)
            let copy = try core.create(specification)
            #expect(core.state[copy]?.state == .ready)
            #expect(core.state[copy]?.specification.parent == nil)
            let nested = try core.family(specification, [specification])
            #expect(core.state.tasks(of: nested[0])?.total == 1)
            #expect(core.state.tasks(of: nested[1]) == nil)
        }
    }

    @Test
    func `what a job with tasks can't be is refused`() throws {
        var core = try CoreFixture(limits: CoreLimits(commandItems: 4))
        let job = try core.create()
        let (plain, task) = (JobSpecification(kind: "a"), JobSpecification(kind: "b"))
        let refused: [(String, JobSpecification, [JobSpecification])] = [
            ("tasks", plain, []), ("tasks", plain, [task, task, task, task]),
            ("after", JobSpecification(kind: "a", after: [job]), [task]),
            ("runAt", JobSpecification(kind: "a", runAt: core.now + .seconds(1)), [task]),
            ("onClash", JobSpecification(kind: "a", uniqueKey: "u", onClash: .existing), [task]),
            (
                "tasks[1].onClash", plain,
                [task, JobSpecification(kind: "b", uniqueKey: "u", onClash: .existing)]
            ),
            ("tasks[1].kind", plain, [task, JobSpecification(kind: "")]),
        ]
        for (field, parent, tasks) in refused {
            guard case .invalid(field, _) = core.refusal(.createWithTasks(parent, tasks: tasks)) else {
                Issue.record("\(field) is not refused")
                continue
            }
        }
        let unique = JobSpecification(kind: "b", uniqueKey: "u")
        let twice = core.refusal(.createWithTasks(plain, tasks: [unique, unique]))
        #expect(twice == .duplicate(of: JobID(3)))
        let parent = try core.family(plain, [task])[0]
        for (field, command): (String, Command) in [
            ("jobs", .hold([parent])), ("isHeld", .update(parent, JobChange(isHeld: true))),
            ("runAt", .update(parent, JobChange(runAt: core.now))),
        ] {
            guard case .invalid(field, _) = core.refusal(command) else { throw Surprise.answer }
        }
        #expect(
            core.refusal(.start(parent, worker: "w", lease: nil))
                == .wrongState(parent, .blocked, needs: [.ready])
        )
        try core.run(.update(parent, JobChange(priority: 3)))
    }

    @Test
    func `one key, one family`() throws {
        var core = try CoreFixture()
        let command = Command.createWithTasks(
            JobSpecification(kind: "a"),
            tasks: [JobSpecification(kind: "b")]
        )
        let first = try core.run(command, core.keyed("k"))
        #expect(try core.run(command, core.keyed("k")) == first)
        #expect(core.state.jobCount == 2)
        let other = Command.createMany([JobSpecification(kind: "a"), JobSpecification(kind: "b")])
        #expect(core.refusal(other, core.keyed("k")) == .keyReused("k"))
    }
}
