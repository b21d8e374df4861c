import Orchestration
import Testing

/// Names that look alike and differ in Unicode normal form (UAX #15) are two: bytes decide, as RFC 8259 §8.3 compares
/// the names of members.
struct NormalFormTests {
    private static let twins: [Name] = ["caf\u{e9}", "cafe\u{301}"]
    private static let (composed, decomposed) = (twins[0], twins[1])

    @Test
    func `names are told apart, hashed and ordered by their bytes`() {
        #expect(Self.composed.text == Self.decomposed.text, "they are one to String")
        #expect(Self.composed != Self.decomposed)
        #expect(Set(Self.twins + Self.twins).count == 2)
        // U+0065 comes before U+00E9, and U+FF21 before U+1F600, which UTF-16 has the other way round.
        #expect(Self.decomposed < Self.composed)
        #expect(Name("\u{ff21}") < Name("\u{1f600}"))
        // Signs that Unicode calls equal to ASCII, and texts of eight bytes and more.
        #expect(Name("\u{212a}") != Name("K"))
        #expect(Name("12345678a") != Name("12345678b"))
        #expect(Name("12345678a") == Name("1234" + "5678a"))
        #expect([Name("ab"), "a", ""].sorted() == ["", "a", "ab"])
    }

    @Test
    func `two unique keys, in one command and in several`() throws {
        var core = try CoreFixture()
        let jobs = Self.twins.map { JobSpecification(kind: "a", uniqueKey: $0) }
        #expect(try core.run(.createMany(jobs)) == .createdMany([JobID(1), JobID(2)], existing: []))
        #expect(core.refusal(.create(jobs[0])) == .duplicate(of: JobID(1)))
        #expect(core.refusal(.create(jobs[1])) == .duplicate(of: JobID(2)))
        try core.refold()
    }

    @Test
    func `two queues and two kinds: each is configured, paused and taken from by itself`() throws {
        var core = try CoreFixture()
        for (queue, kind) in [(Self.composed, Self.composed), (Self.decomposed, Self.decomposed)] {
            _ = try core.create(JobSpecification(kind: kind, queue: queue))
        }
        #expect(Set(core.state.queueList.map(\.name)) == Set(Self.twins))
        try core.run(.setQueueStatus(name: Self.composed, .paused))
        let other = try core.dispatch(DispatchRequest(worker: "w", queues: [Self.composed]))
        #expect(other.isEmpty)
        let none = try core.dispatch(DispatchRequest(worker: "w", kinds: [Self.composed]))
        #expect(none.isEmpty)
        let taken = try core.dispatch(DispatchRequest(worker: "w", kinds: Self.twins, max: 9))
        #expect(taken.map(\.specification.queue) == [Self.decomposed])
        try core.refold()
    }

    @Test
    func `two concurrency keys: one that is full holds up nothing of the other`() throws {
        var core = try CoreFixture()
        try core.run(.configureQueue(QueueSpecification(name: "default", keyConcurrency: 1)))
        for key in Self.twins + Self.twins {
            _ = try core.create(JobSpecification(kind: "a", concurrencyKey: key))
        }
        #expect(try core.dispatch(DispatchRequest(worker: "w", max: 9)).map(\.job) == [JobID(1), JobID(2)])
    }

    @Test
    func `two workers, two machines and two series, each with its own counts`() throws {
        var core = try CoreFixture()
        for name in Self.twins {
            try core.run(.registerMachine(MachineSpecification(name: name, cpuMillis: 1000)))
            try core.run(.registerWorker(WorkerSpecification(name: name, slots: 1)))
            _ = try core.create(JobSpecification(kind: "a", requirements: Requirements(machine: name)))
        }
        for (index, name) in Self.twins.enumerated() {
            let leases = try core.dispatch(DispatchRequest(worker: name, max: 9, machine: name))
            #expect(leases.map(\.job) == [JobID(UInt64(index) + 1)])
        }
        #expect(core.state.workerList.map(\.running) == [1, 1])
        let points = [Point(step: 1, time: core.now, value: 1)]
        for name in Self.twins { try core.run(.addPoints(JobID(1), series: name, points: points)) }
        #expect(core.state[JobID(1)]?.series.map(\.count) == [1, 1])
        try core.refold()
    }

    @Test
    func `an error's type that is not to be retried is that one alone`() throws {
        var core = try CoreFixture()
        let retry = RetryPolicy(maxAttempts: 5, nonRetryable: [Self.composed])
        for _ in Self.twins { _ = try core.create(JobSpecification(kind: "a", retry: retry)) }
        let leases = try core.dispatch(DispatchRequest(worker: "w", max: 2))
        for (lease, type) in zip(leases, Self.twins) {
            try core.run(.fail(.lease(lease.token), Failure(type: type)))
        }
        #expect(core.state.outcome(of: JobID(1))?.state == .dead)
        #expect(core.state[JobID(2)]?.state == .scheduled)
    }

    @Test
    func `two attributes and two tags, whole through the log`() throws {
        var core = try CoreFixture()
        let attributes: [Name: String] = [Self.composed: "1", Self.decomposed: "2"]
        _ = try core.create(JobSpecification(kind: "a", tags: Self.twins, attributes: attributes))
        var bytes: [UInt8] = []
        let event = try #require(core.log.last)
        EventCodec.encode(event, into: &bytes)
        guard case .jobCreated(_, let read) = try EventCodec.decode(bytes).first?.body else {
            Issue.record("no job was created")
            return
        }
        #expect(read.attributes == attributes)
        #expect(read.tags == Self.twins)
    }
}
