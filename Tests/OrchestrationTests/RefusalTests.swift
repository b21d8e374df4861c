import Orchestration
import Testing

/// Every bound has a typed refusal that names the field.
struct RefusalTests {
    private static let long = Name(String(repeating: "x", count: 257))

    private static let invalid: [(String, Command)] = [
        ("kind", .create(JobSpecification(kind: ""))),
        ("kind", .create(JobSpecification(kind: "a\0b"))),
        ("queue", .suggest(JobSpecification(kind: "a", queue: long))),
        ("tags", .create(JobSpecification(kind: "a", tags: [""]))),
        ("uniqueKey", .create(JobSpecification(kind: "a", uniqueKey: ""))),
        ("expiresAt", .create(JobSpecification(kind: "a", expiresAt: .zero))),
        ("fairnessWeight", .create(JobSpecification(kind: "a", fairnessWeight: 0))),
        ("confidence", .suggest(JobSpecification(kind: "a", confidence: 1.5))),
        ("confidence", .suggest(JobSpecification(kind: "a", confidence: .nan))),
        ("retry.maxAttempts", .create(JobSpecification(kind: "a", retry: RetryPolicy(maxAttempts: 0)))),
        ("retry.factor", .create(JobSpecification(kind: "a", retry: RetryPolicy(factor: .infinity)))),
        ("retry.base", .create(JobSpecification(kind: "a", retry: RetryPolicy(base: .seconds(-1))))),
        ("retry.jitter", .create(JobSpecification(kind: "a", retry: RetryPolicy(jitter: .nan)))),
        ("timeouts.lease", .create(JobSpecification(kind: "a", timeouts: Timeouts(lease: .zero)))),
        ("timeouts.run", .create(JobSpecification(kind: "a", timeouts: Timeouts(run: .seconds(-5))))),
        ("jobs", .createMany([])),
        ("jobs", .createMany([JobSpecification](repeating: JobSpecification(kind: "a"), count: 11))),
        ("jobs", .approve([])),
        ("worker", .dispatch(DispatchRequest(worker: ""))),
        ("max", .dispatch(DispatchRequest(worker: "w", max: 0))),
        ("max", .dispatch(DispatchRequest(worker: "w", max: 11))),
        ("completions", .completeMany([])),
        ("failure.type", .fail(.job(JobID(1)), Failure(type: ""))),
        ("points", .addPoints(JobID(1), series: "s", points: [])),
        ("series", .addPoints(JobID(1), series: "", points: [])),
        ("name", .registerMachine(MachineSpecification(name: "", cpuMillis: 1))),
    ]

    @Test(arguments: RefusalTests.invalid.indices)
    func `a command out of bounds is refused by field and leaves no event`(index: Int) throws {
        let (field, command) = Self.invalid[index]
        let core = try CoreFixture(limits: CoreLimits(commandItems: 10))
        guard case .invalid(let named, _) = core.refusal(command) else {
            Issue.record("\(command) was not refused as invalid")
            return
        }
        #expect(named == field)
    }

    @Test
    func `a payload over the limit is refused with both sizes`() throws {
        let core = try CoreFixture(limits: CoreLimits(payloadBytes: 8))
        let command = Command.create(JobSpecification(kind: "a", payload: [UInt8](repeating: 0, count: 9)))
        #expect(core.refusal(command) == .payloadTooLarge(field: "payload", bytes: 9, limit: 8))
    }

    @Test
    func `one bad job in a list refuses them all`() throws {
        let core = try CoreFixture()
        #expect(core.refusal(.createMany([JobSpecification(kind: "a"), JobSpecification(kind: "")])) != nil)
    }

    @Test
    func `an event that can't follow is named by its sequence, and changes nothing`() throws {
        var core = try CoreFixture()
        let before = canonical(core.state)
        let context = CommandContext.engine
        let gap = Event(sequence: 5, time: core.now, command: 5, context: context, body: .jobDue(JobID(1)))
        #expect(throws: ApplyError.sequenceGap(expected: 2, found: 5)) { try core.state.apply(gap) }
        let ghost = Event(sequence: 2, time: core.now, command: 2, context: context, body: .jobDue(JobID(1)))
        #expect(throws: ApplyError.self) { try core.state.apply(ghost) }
        #expect(canonical(core.state) == before)
    }

    @Test
    func `a quarantined file is recorded once`() throws {
        var core = try CoreFixture()
        let file = LogQuarantined(file: "seg-1", bytes: 9)
        for expected in [1, 0] {
            var events: [Event] = []
            core.state.decideQuarantined([file, file], at: core.now, into: &events)
            #expect(events.count == expected)
            try core.absorb(events)
        }
    }
}
