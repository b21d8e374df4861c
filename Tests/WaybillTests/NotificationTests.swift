import EventLog
import Testing
import Waybill

/// A filter gives the same events wherever its subscriber begins, and however far it is behind.
struct NotificationTests {
    /// The slow way: every event from the first one, with what was known of its job and lease then.
    func expected(_ filter: EventFilter, _ events: [Event]) -> [UInt64] {
        var jobs: [JobID: JobSpecification] = [:]
        var holders: [UInt64: Name] = [:]
        return events.filter { event in
            let before = event.body.job.flatMap { jobs[$0] }
            var leased: UInt64?
            var worker: Name?
            switch event.body {
            case .jobCreated(let job, let specification), .suggestionMade(let job, let specification):
                jobs[job] = specification
            case .jobRedriven(let redriven): jobs[redriven.job] = redriven.specification
            case .jobUpdated(let job, let change): jobs[job] = jobs[job].map(change.applied)
            case .jobDispatched(let dispatched):
                holders[event.sequence] = dispatched.worker
                worker = dispatched.worker
            case .workerRegistered(let specification): worker = specification.name
            case .workerDrained(let name): worker = name
            case .jobSucceeded(_, let token, _), .attemptFailed(_, let token, _),
                .leaseExpired(_, let token, _), .jobSnoozed(_, let token, _), .jobReleased(_, let token),
                .leaseRenewed(_, let token), .jobProgressed(_, let token, _):
                leased = token.counter
            default: break
            }
            let after = event.body.job.flatMap { jobs[$0] }
            var queue = after?.queue
            if case .queueConfigured(let specification) = event.body { queue = specification.name }
            if case .queueStatusSet(let name, _) = event.body { queue = name }
            return (filter.types.isEmpty || filter.types.contains(event.body.name))
                && (filter.jobs.isEmpty || event.body.job.map(filter.jobs.contains) ?? false)
                && (filter.subject.map { $0 == event.body.job || $0 == after?.parent } ?? true)
                && (filter.queue.map { $0 == queue } ?? true)
                && (filter.kind.map { $0 == after?.kind } ?? true)
                && (filter.tag.map { before?.tags.contains($0) == true || after?.tags.contains($0) == true }
                    ?? true)
                && (filter.worker.map { $0 == leased.flatMap { holders[$0] } ?? worker } ?? true)
        }.map(\.sequence)
    }

    let filters = [
        EventFilter(),
        EventFilter(types: ["job.succeeded", "job.died", "job.pruned"]),
        EventFilter(jobs: [JobID(3), JobID(40)]),
        EventFilter(queue: "q2"),
        EventFilter(types: ["job.pruned", "queue.statusSet"], queue: "q2"),
        EventFilter(types: ["job.succeeded", "job.retried"], queue: "q1", kind: "a"),
        EventFilter(kind: "b"),
        EventFilter(tag: "t00"),
        EventFilter(types: ["job.dispatched", "job.updated", "job.pruned"], tag: "t01"),
        EventFilter(worker: "w1"),
        EventFilter(types: ["attempt.failed", "lease.expired", "job.succeeded"], kind: "a", worker: "w0"),
        EventFilter(queue: "nowhere"),
    ]

    @Test(arguments: [1, 262_144])
    func `from any cursor a filter gives what the whole log gives`(feedEvents: Int) async throws {
        let disk = MemoryDisk()
        var clients = RandomClients(seed: 11)
        let first = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        try await clients.prepare(first)
        for _ in 0..<400 { try await clients.act(on: first) }
        try await first.close()
        let engine = try await Engine.open(disk, smallOptions(feedEvents: feedEvents))
        for _ in 0..<200 { try await clients.act(on: engine) }
        try await engine.close()
        let events = try storedEvents(disk)
        let parents = events.compactMap { event -> JobID? in
            if case .jobCreated(let job, let specification) = event.body, specification.taskCount > 0 {
                job
            } else {
                nil
            }
        }
        #expect(!parents.isEmpty)
        let subjects = (parents.prefix(3) + [JobID(3)]).map { EventFilter(subject: $0) }
        for filter in filters + subjects {
            let whole = expected(filter, events)
            for sequence in [0, events.count / 3, events.count / 2, events.count * 9 / 10, events.count] {
                let after = UInt64(sequence)
                let seen = try await collect(engine, filter, after: engine.cursor(after: after))
                #expect(seen.map(\.sequence) == whole.filter { $0 > after }, "\(filter) after \(after)")
            }
        }
    }

    func collect(_ engine: Engine, _ filter: EventFilter, after cursor: Cursor) async throws -> [Event] {
        var seen: [Event] = []
        var last = cursor
        for try await element in try engine.events(matching: filter, after: cursor) {
            #expect(!element.events.isEmpty)
            #expect(element.cursor.sequence > last.sequence)
            last = element.cursor
            seen += element.events
        }
        return seen
    }

    @Test func `a live subscriber gets what it asked for, and goes on from its cursor`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let filter = EventFilter(types: ["job.succeeded"], queue: "mine")
        let live = Task.immediate {
            var elements: [FilteredEventStream.Element] = []
            for try await element in try engine.events(matching: filter) {
                elements.append(element)
                if elements.count == 2 { break }
            }
            return elements
        }
        for index in 0..<6 {
            let queue: Name = index % 2 == 0 ? "mine" : "yours"
            let job = try await engine.create(JobSpecification(kind: "a", queue: queue), by: me).value
            _ = try await engine.dispatch(DispatchRequest(worker: "w"), by: me)
            try await engine.complete(.job(job), by: me)
        }
        let elements = try await live.value
        #expect(elements.flatMap(\.events).compactMap(\.body.job) == [JobID(1), JobID(3)])
        let cursor = try #require(elements.last).cursor
        try await engine.close()
        let rest = try await collect(engine, filter, after: cursor)
        #expect(rest.compactMap(\.body.job) == [JobID(5)])
    }

    @Test func `a cursor of another history is told to resync`() async throws {
        let engine = try await Engine.inMemory(options: smallOptions())
        let error = await engineError {
            try engine.events(matching: EventFilter(kind: "a"), after: Cursor(epoch: 9, sequence: 1))
        }
        guard case .resync = error else {
            Issue.record("it was taken: \(String(describing: error))")
            return
        }
        try await engine.close()
    }
}
