import Orchestration
import Testing

/// Refusals that no row of the table has to itself.
struct RefusalCaseTests {
    @Test
    func `create in a queue that nobody configured, where that is asked for: queueUnknown`() throws {
        var core = try CoreFixture(limits: CoreLimits(mustConfigureQueues: true))
        let job = JobSpecification(kind: "a", queue: "q")
        for command in [
            Command.create(job), .suggest(job), .createMany([job]), .suggestMany([job]),
            .createWithTasks(job, tasks: [job]),
        ] {
            #expect(core.refusal(command) == .queueUnknown("q"))
        }
        try core.run(.configureQueue(QueueSpecification(name: "q")))
        _ = try core.create(job)
    }

    private static let invalid: [(String, Command)] = [
        ("name", .configureQueue(QueueSpecification(name: ""))),
        ("concurrency", .configureQueue(QueueSpecification(name: "q", concurrency: 0))),
        ("keyConcurrency", .configureQueue(QueueSpecification(name: "q", keyConcurrency: 0))),
        ("rate.starts", .configureQueue(QueueSpecification(name: "q", rate: Rate(0, per: .seconds(1))))),
        ("rate.interval", .configureQueue(QueueSpecification(name: "q", rate: Rate(1, per: .zero)))),
        (
            "rate.burst",
            .configureQueue(QueueSpecification(name: "q", rate: Rate(1, per: .seconds(1), burst: 0)))
        ),
        ("policy", .configureQueue(QueueSpecification(name: "q", policy: .directed))),
        ("aging", .configureQueue(QueueSpecification(name: "q", aging: .zero))),
        (
            "retention.dead",
            .configureQueue(QueueSpecification(name: "q", retention: Retention(dead: .seconds(-1))))
        ),
        ("name", .registerWorker(WorkerSpecification(name: ""))),
        ("slots", .registerWorker(WorkerSpecification(name: "w", slots: 0))),
        ("kinds", .registerWorker(WorkerSpecification(name: "w", kinds: [""]))),
        ("worker", .start(JobID(1), worker: "", lease: nil)),
        ("lease", .start(JobID(1), worker: "w", lease: .zero)),
        ("wait", .dispatch(DispatchRequest(worker: "w", wait: .seconds(-1)))),
        ("uniqueWindow", .create(JobSpecification(kind: "a", uniqueWindow: .seconds(-1)))),
        ("concurrencyKey", .create(JobSpecification(kind: "a", concurrencyKey: ""))),
        ("jobs", .hold([])), ("jobs", .redrive(Redrive([]))), ("jobs", .discard([])), ("jobs", .prune([])),
        ("jobs", .cancel([JobID(1), JobID(1)])),
    ]

    @Test
    func `a new machine under a name that is taken: machineExists`() throws {
        var core = try CoreFixture()
        let machine = MachineSpecification(name: "m", cpuMillis: 1)
        try core.run(.registerMachine(machine, isNew: true))
        #expect(core.refusal(.registerMachine(machine, isNew: true)) == .machineExists("m"))
        try core.run(.registerMachine(machine))
    }

    @Test(arguments: RefusalCaseTests.invalid.indices)
    func `what is out of its range is named`(index: Int) throws {
        let (field, command) = Self.invalid[index]
        guard case .invalid(let named, _) = try CoreFixture().refusal(command) else { throw Surprise.answer }
        #expect(named == field)
    }

    @Test
    func `a version is expected of one job only`() throws {
        var core = try CoreFixture()
        let jobs = [try core.create(), try core.create()]
        let context = CommandContext(actor: "a", expectedVersion: 2)
        for command in [
            Command.create(JobSpecification(kind: "a")), .dispatch(DispatchRequest(worker: "w")),
            .cancel(jobs),
            .completeMany([Completion(.job(jobs[0]))]), .drainWorker(name: "w"),
        ] {
            guard case .invalid("expectedVersion", _) = core.refusal(command, context) else {
                throw Surprise.answer
            }
        }
    }

    @Test
    func `an unknown job is not found, by every command that names one`() throws {
        let core = try CoreFixture()
        let ghost = JobID(7)
        let revival = FinishedJobSnapshot(
            job: ghost,
            version: 1,
            specification: JobSpecification(kind: "a"),
            origin: .created
        )
        for command in [
            Command.approve([ghost]), .reject([ghost]), .update(ghost, JobChange(priority: 1)),
            .hold([ghost]),
            .unhold([ghost]), .cancel([ghost]), .redrive(Redrive([revival])), .rerun(revival),
            .discard([ghost]), .prune([ghost]), .start(ghost, worker: "w", lease: nil),
            .complete(.job(ghost), result: Payload()), .fail(.job(ghost), Failure(type: "x")),
            .snooze(.job(ghost), for: .seconds(1)), .release(.job(ghost)),
            .addPoints(ghost, series: "s", points: [Point(step: 1, time: .zero, value: 1)]),
        ] {
            #expect(core.refusal(command) == .notFound(ghost), "\(command)")
        }
    }

    @Test
    func `a lost lease is refused to every command of a worker`() throws {
        var core = try CoreFixture()
        _ = try core.create()
        let token = try core.lease().token
        try core.elapse(.seconds(60))
        for command in [
            Command.heartbeat(token, nil), .complete(.lease(token), result: Payload()),
            .fail(.lease(token), Failure(type: "x")), .snooze(.lease(token), for: .seconds(1)),
            .release(.lease(token)),
        ] {
            #expect(core.refusal(command) == .leaseLost(token), "\(command)")
        }
    }

    @Test
    func `a waiting job is not running, and its lease can't be spoken for`() throws {
        var core = try CoreFixture()
        let job = try core.create()
        for command in [
            Command.complete(.job(job), result: Payload()), .fail(.job(job), Failure(type: "x")),
            .snooze(.job(job), for: .seconds(1)), .release(.job(job)),
        ] {
            #expect(core.refusal(command) == .notRunning(job, .ready), "\(command)")
        }
    }
}
