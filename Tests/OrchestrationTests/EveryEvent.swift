import Orchestration

/// One event of each type, with every field set, and some at the edges of what they can hold.
enum EveryEvent {
    private static let token = LeaseToken(epoch: 3, counter: 70)

    /// With what only the core says of a job.
    private static let full: JobSpecification = {
        var full = told
        full.parent = JobID(700)
        full.taskCount = 9
        return full
    }()

    private static let told = JobSpecification(
        kind: "render",
        queue: "q",
        payload: [0, 255, 10],
        contentType: "application/json",
        priority: .min,
        runAt: Timestamp(nanoseconds: -1),
        expiresAt: Timestamp(nanoseconds: .max),
        tags: ["t", "ü"],
        attributes: ["b": "2", "a": "", "": "e"],
        uniqueKey: "",
        uniqueWindow: .zero,
        onClash: .existing,
        concurrencyKey: "c",
        fairnessKey: "f",
        fairnessWeight: 7,
        requirements: Requirements(
            cpuMillis: 1,
            memoryMegabytes: .max,
            gpuMillis: 3,
            gpuDevices: 4,
            gpuModels: ["g"],
            labels: ["l", ""],
            machine: "m"
        ),
        retry: RetryPolicy(
            maxAttempts: .max,
            maxCrashes: 0,
            base: TimeSpan(nanoseconds: -1),
            factor: -0.0,
            cap: .zero,
            jitter: .nan,
            nonRetryable: ["x"]
        ),
        timeouts: Timeouts(lease: .seconds(1), run: .zero, total: .seconds(-1)),
        source: "s",
        confidence: 0,
        after: [JobID(1), JobID(300)],
        onParentFailure: .wait,
        onTaskFailure: .ignore
    )

    static let bodies: [Event.Body] = [
        .engineOpened(EngineOpened(epoch: 3, clock: .virtual)),
        .engineOpened(
            EngineOpened(
                epoch: 3,
                clock: .wall,
                isServing: false,
                idempotency: IdempotencyBounds(window: .zero, count: 0)
            )
        ),
        .logQuarantined(LogQuarantined(file: "seg-1", bytes: 12)),
        .jobCreated(JobID(1), full),
        .suggestionMade(JobID(2), JobSpecification(kind: "a")),
        .suggestionApproved(JobID(2)),
        .suggestionRejected(JobID(2)),
        .jobExpired(JobID(2)),
        .jobDue(JobID(.max)),
        .jobDispatched(
            JobDispatched(
                job: JobID(1),
                token: token,
                worker: "w",
                machine: "m",
                attempt: 2,
                deadline: Timestamp(nanoseconds: .max),
                policy: .fifo,
                candidates: 9,
                wait: .seconds(4)
            )
        ),
        .jobSucceeded(JobID(1), token, result: Payload([1, 2], contentType: "text/plain")),
        .jobSucceeded(JobID(7), .absent, result: Payload()),
        .attemptFailed(JobID(1), token, Failure(type: "io", message: "no", isRetryable: true)),
        .jobRetried(JobRetried(job: JobID(1), due: .zero, backoff: .seconds(2), jitter: .seconds(1))),
        .jobDied(JobID(1), reason: "attempts used up"),
        .leaseExpired(JobID(1), token, lastHeartbeat: Timestamp(seconds: 1_600_000_000)),
        .leaseExpired(JobID(1), token, lastHeartbeat: nil),
        .attemptFailed(JobID(1), token, Failure(type: "io", retryAfter: .zero)),
        .jobUnblocked(JobID(1)),
        .jobUpdated(
            JobID(1),
            JobChange(
                priority: 0,
                runAt: .zero,
                tags: [],
                attributes: ["a": "b"],
                requirements: Requirements(cpuMillis: 1, labels: ["l"]),
                isHeld: false
            )
        ),
        .jobUpdated(JobID(1), JobChange(tags: ["", "t"], attributes: [:], isHeld: true)),
        .leaseRenewed(JobID(1), token),
        .jobProgressed(JobID(1), token, JobProgress(fraction: 0, message: "begun")),
        .jobProgressed(JobID(1), token, JobProgress()),
        .jobSnoozed(JobID(1), token, until: Timestamp(nanoseconds: .max)),
        .jobReleased(JobID(1), token),
        .jobRedriven(JobRedriven(job: JobID(1), specification: full, isProposed: true)),
        .jobDiscarded(JobID(1)),
        .jobPruned(JobID(1)),
        .queueConfigured(QueueSpecification(name: "q")),
        .queueConfigured(
            QueueSpecification(
                name: "q",
                concurrency: 0,
                keyConcurrency: .max,
                rate: Rate(1, per: .seconds(2), burst: .max),
                policy: .fifo,
                aging: .seconds(-1),
                retention: Retention(succeeded: .zero, dead: .seconds(1), cancelled: .seconds(-1))
            )
        ),
        .queueStatusSet(name: "q", .draining),
        .workerRegistered(
            WorkerSpecification(name: "w", slots: 3, queues: ["q", ""], kinds: ["k"], labels: ["l"])
        ),
        .workerDrained(name: "w"),
        .clockJumped(.seconds(-1)),
        .jobFound(JobID(1)),
        .jobCancelled(JobID(1), .discarded),
        .jobCancelRequested(JobID(1), deadline: Timestamp(seconds: 2_000_000_000)),
        .pointsAdded(JobID(1), series: "loss", points: points),
        .machineRegistered(
            MachineSpecification(
                name: "m",
                cpuMillis: 8000,
                memoryMegabytes: 1,
                gpuDevices: 2,
                gpuModel: "g",
                labels: ["l"],
                attributes: ["rack": "r1"]
            )
        ),
        .machineStatusSet(name: "m", .maintenance),
    ]

    static let points = [
        Point(step: 0, time: .zero, value: 0),
        Point(step: 1, time: Timestamp(seconds: 1), value: -0.0),
        Point(step: .max, time: Timestamp(nanoseconds: .min), value: .infinity),
        Point(step: 3, time: .zero, value: Double(bitPattern: 0x7FF0_0000_DEAD_BEEF)),
    ]

    static var events: [Event] {
        let context = CommandContext(
            actor: "tester",
            idempotencyKey: "key",
            reason: "",
            traceparent: "00-a-b-01",
            expectedVersion: 0
        )
        return bodies.enumerated().map { index, body in
            Event(
                sequence: 100 + UInt64(index),
                time: Timestamp(seconds: 1_700_000_000),
                command: 98,
                member: index % 4 == 0 ? 0 : UInt32(index),
                cause: index % 2 == 0 ? 0 : 99,
                context: index % 3 == 0 ? context : CommandContext(actor: "plain"),
                links: BackLinks(job: 50, worker: index % 2 == 0 ? 0 : 60, machine: 1),
                body: body
            )
        }
    }

    static var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for event in events { EventCodec.encode(event, into: &bytes) }
        return bytes
    }
}
