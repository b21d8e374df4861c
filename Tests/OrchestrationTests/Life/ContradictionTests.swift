import Orchestration
import Testing

/// What one part of a new job says, and another part makes void: refused, where it was taken in silence.
struct ContradictionTests {
    private static let moment = Timestamp(seconds: 1_700_000_000)

    private func field(_ command: Command, _ core: CoreFixture) -> String? {
        guard case .invalid(let field, _) = core.refusal(command) else { return nil }
        return field
    }

    @Test(arguments: [
        JobSpecification(kind: "a", runAt: moment + .seconds(9), expiresAt: moment + .seconds(8)),
        JobSpecification(kind: "a", delay: .seconds(9), expiresAt: moment + .seconds(8)),
    ])
    func `a job that would expire before it may run is refused`(job: JobSpecification) throws {
        let core = try CoreFixture()
        #expect(field(.create(job), core) == "expiresAt")
        #expect(field(.suggest(job), core) == "expiresAt")
        #expect(field(.createMany([JobSpecification(kind: "b"), job]), core) == "jobs[1].expiresAt")
        let family = Command.createWithTasks(JobSpecification(kind: "b"), tasks: [job])
        #expect(field(family, core) == "tasks[0].expiresAt")
    }

    @Test func `one that expires at that very moment is taken`() throws {
        var core = try CoreFixture()
        let moment = core.now + .seconds(9)
        _ = try core.create(JobSpecification(kind: "a", runAt: moment, expiresAt: moment))
        _ = try core.create(JobSpecification(kind: "a", delay: .seconds(9), expiresAt: moment))
    }

    @Test func `a job can't be put off beyond the moment at which it expires`() throws {
        var core = try CoreFixture()
        let expiresAt = core.now + .seconds(9)
        let job = try core.create(JobSpecification(kind: "a", expiresAt: expiresAt))
        #expect(field(.update(job, JobChange(runAt: expiresAt + .seconds(1))), core) == "runAt")
        try core.run(.update(job, JobChange(runAt: expiresAt)))
    }

    @Test func `what is said of a unique key needs one`() throws {
        let core = try CoreFixture()
        let window = JobSpecification(kind: "a", uniqueWindow: .seconds(1))
        let clash = JobSpecification(kind: "a", onClash: .existing)
        for begin in [Command.create, Command.suggest] {
            #expect(field(begin(window), core) == "uniqueWindow")
            #expect(field(begin(clash), core) == "onClash")
        }
        #expect(field(.createMany([clash]), core) == "jobs[0].onClash")
        let family = Command.createWithTasks(JobSpecification(kind: "b"), tasks: [window])
        #expect(field(family, core) == "tasks[0].uniqueWindow")
    }

    @Test func `a job of an older log that says so is there, and can be redriven and run again`() throws {
        var core = try CoreFixture()
        let old = JobSpecification(
            kind: "a",
            runAt: core.now,
            expiresAt: core.now + .seconds(-1),
            uniqueWindow: .seconds(1),
            onClash: .existing
        )
        let number = core.state.lastSequence + 1
        let context = CommandContext(actor: "tester")
        let written = Event(
            sequence: number,
            time: core.now,
            command: number,
            context: context,
            body: .jobCreated(JobID(1), old)
        )
        try core.absorb([written])
        try core.run(.cancel([JobID(1)]))
        try core.run(.redrive(Redrive([try #require(core.recall(JobID(1)))])))
        try core.run(.complete(.lease(try core.lease().token), result: Payload()))
        let again = try core.run(.rerun(try #require(core.recall(JobID(1)))))
        #expect(again == .created(JobID(2)))
        #expect(core.state[JobID(2)]?.specification.onClash == .refuse)
        try core.refold()
    }

    @Test func `what is too large is named`() throws {
        let core = try CoreFixture(limits: CoreLimits(payloadBytes: 4))
        let large = [UInt8](repeating: 1, count: 5)
        let token = LeaseToken(epoch: 1, counter: 1)
        for (field, command): (String, Command) in [
            ("payload", .create(JobSpecification(kind: "a", payload: large))),
            ("jobs[0].payload", .createMany([JobSpecification(kind: "a", payload: large)])),
            ("result", .complete(.lease(token), result: Payload(large))),
        ] {
            #expect(core.refusal(command) == .payloadTooLarge(field: field, bytes: 5, limit: 4))
        }
        for (field, command): (String, Command) in [
            ("attributes.k", .create(JobSpecification(kind: "a", attributes: ["k": "large"]))),
            ("failure.message", .fail(.lease(token), Failure(type: "t", message: "large"))),
        ] {
            #expect(core.refusal(command) == .invalid(field: field, problem: "is over 4 bytes"))
        }
    }
}
