import Testing

@testable import Orchestration

/// What an event takes in memory, against all that can be found in it.
struct EventMemoryTests {
    private static let name = Name(String(repeating: "n", count: 200))
    private static let names = Array(repeating: name, count: 40)
    private static let attributes = Dictionary(
        uniqueKeysWithValues: (0..<40).map { (Name("\(name)\($0)"), name.text) }
    )
    private static let requirements = Requirements(gpuModels: names, labels: names, machine: name)
    private static let token = LeaseToken(epoch: 1, counter: 1)

    /// Nothing is left out that has a length.
    private static let job = JobSpecification(
        kind: name,
        queue: name,
        payload: [UInt8](repeating: 1, count: 5000),
        contentType: name.text,
        tags: names,
        attributes: attributes,
        uniqueKey: name,
        concurrencyKey: name,
        fairnessKey: name,
        requirements: requirements,
        retry: RetryPolicy(nonRetryable: names),
        source: name,
        after: (1...100).map { JobID($0) }
    )

    private static let long: [Event.Body] = [
        .logQuarantined(LogQuarantined(file: name.text, bytes: 1)),
        .jobCreated(JobID(1), job), .suggestionMade(JobID(1), job),
        .jobRedriven(JobRedriven(job: JobID(1), specification: job, isProposed: false)),
        .jobUpdated(
            JobID(1),
            JobChange(tags: names, attributes: attributes, requirements: requirements)
        ),
        .jobDispatched(
            JobDispatched(
                job: JobID(1),
                token: token,
                worker: name,
                machine: name,
                attempt: 1,
                deadline: .zero,
                policy: .fifo,
                candidates: 1,
                wait: .zero
            )
        ),
        .jobProgressed(JobID(1), token, JobProgress(message: name.text)),
        .jobSucceeded(
            JobID(1),
            token,
            result: Payload([UInt8](repeating: 1, count: 5000), contentType: name.text)
        ),
        .attemptFailed(JobID(1), token, Failure(type: name, message: name.text)),
        .jobDied(JobID(1), reason: name.text),
        .pointsAdded(
            JobID(1),
            series: name,
            points: Array(repeating: Point(step: 1, time: .zero, value: 1), count: 500)
        ),
        .queueConfigured(QueueSpecification(name: name)), .queueStatusSet(name: name, .paused),
        .workerRegistered(
            WorkerSpecification(name: name, slots: 1, queues: names, kinds: names, labels: names)
        ),
        .workerDrained(name: name),
        .machineRegistered(
            MachineSpecification(
                name: name,
                cpuMillis: 1,
                gpuModel: name,
                labels: names,
                attributes: attributes
            )
        ),
        .machineStatusSet(name: name, .maintenance),
    ]

    private static func event(_ body: Event.Body) -> Event {
        let context = CommandContext(
            actor: name,
            idempotencyKey: name,
            reason: name.text,
            traceparent: name.text
        )
        return Event(sequence: 1, time: .zero, command: 1, context: context, body: body)
    }

    /// The bytes of all texts and lists that can be reached from a value, whatever its fields are called.
    private static func reachable(_ value: Any) -> Int {
        switch value {
        case let text as String: text.utf8.count > 15 ? text.utf8.count : 0
        case let bytes as [UInt8]: bytes.count
        case let points as [Point]: points.count * MemoryLayout<Point>.stride
        case let jobs as [JobID]: jobs.count * MemoryLayout<JobID>.stride
        case let names as [Name]:
            names.reduce(names.count * MemoryLayout<Name>.stride) { $0 + reachable($1) }
        case let pairs as [Name: String]:
            pairs.reduce(pairs.count * 2 * MemoryLayout<Name>.stride) {
                $0 + reachable($1.key) + reachable($1.value)
            }
        default: Mirror(reflecting: value).children.reduce(0) { $0 + reachable($1.value) }
        }
    }

    /// The bound of memory that an operator gives is one of memory, whichever field a client makes long.
    @Test(arguments: long)
    func `an event counts all that it refers to, and not much more`(body: Event.Body) {
        let event = Self.event(body)
        let found = Self.reachable(event)
        // Of its context alone there are 800 bytes.
        #expect(found >= 1000)
        #expect(event.memoryBytes >= MemoryLayout<Event>.stride + found, "\(body.name)")
        #expect(event.memoryBytes <= 2 * found + 2000, "\(body.name)")
    }

    @Test(arguments: EveryEvent.events)
    func `no event counts less than its place and its context`(event: Event) {
        #expect(event.memoryBytes >= MemoryLayout<Event>.stride + 128 + Self.reachable(event))
        #expect(event.memoryBytes < 2000)
    }
}
