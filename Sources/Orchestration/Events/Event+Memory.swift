extension Event {
    /// Bytes that it takes in memory: its own place, and every object that it refers to, with what its header and the
    /// allocator add.
    ///
    /// What several events share, such as the context of a command, counts for each of them, so that a bound holds.
    package var memoryBytes: Int { MemoryLayout<Event>.stride + context.memoryBytes + body.memoryBytes }
}

extension Event.Body {
    // Without a default, so that a new event says what it refers to.
    fileprivate var memoryBytes: Int {
        switch self {
        case .jobCreated(_, let job), .suggestionMade(_, let job): job.memoryBytes
        case .jobRedriven(let redriven): redriven.specification.memoryBytes
        case .jobUpdated(_, let change):
            heapBytes(MemoryLayout<(JobID, JobChange)>.stride) + change.memoryBytes
        case .jobDispatched(let lease): lease.worker.memoryBytes + (lease.machine?.memoryBytes ?? 0)
        case .jobProgressed(_, _, let progress): progress.message.memoryBytes
        case .jobSucceeded(_, _, let result): result.memoryBytes
        case .attemptFailed(_, _, let failure): failure.memoryBytes
        case .jobDied(_, let reason): reason.memoryBytes
        case .pointsAdded(_, let series, let points): series.memoryBytes + points.memoryBytes
        case .queueConfigured(let queue):
            heapBytes(MemoryLayout<QueueSpecification>.stride) + queue.name.memoryBytes
        case .workerRegistered(let worker): worker.memoryBytes
        case .machineRegistered(let machine): machine.memoryBytes
        case .queueStatusSet(let name, _), .machineStatusSet(let name, _), .workerDrained(let name):
            name.memoryBytes
        case .logQuarantined(let log): log.file.memoryBytes
        case .engineOpened, .jobFound, .suggestionApproved, .suggestionRejected, .jobExpired, .jobUnblocked,
            .jobDue, .leaseRenewed, .jobRetried, .leaseExpired, .jobSnoozed, .jobReleased, .jobCancelled,
            .jobCancelRequested, .jobDiscarded, .jobPruned, .clockJumped:
            0
        }
    }
}
