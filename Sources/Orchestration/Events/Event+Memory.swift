extension Event {
    /// Bytes that it takes in memory: its own place, and every object that it refers to, with what its header and the
    /// allocator add.
    ///
    /// What several events share, such as the context of a command, counts for each of them, so that a bound holds.
    package var memoryBytes: Int { MemoryLayout<Event>.stride + context.memoryBytes + body.memoryBytes }
}

/// An object of so many bytes: a header of 16 or 32, and what the allocator rounds up to.
private func object(_ bytes: Int) -> Int { bytes + 56 }

extension Event.Body {
    // Without a default, so that a new event says what it refers to.
    fileprivate var memoryBytes: Int {
        switch self {
        case .jobCreated(_, let job), .suggestionMade(_, let job): job.memoryBytes
        case .jobRedriven(let redriven): redriven.specification.memoryBytes
        case .jobUpdated(_, let change): object(MemoryLayout<(JobID, JobChange)>.stride) + change.memoryBytes
        case .jobDispatched(let lease): lease.worker.memoryBytes + (lease.machine?.memoryBytes ?? 0)
        case .jobProgressed(_, _, let progress): progress.message.memoryBytes
        case .jobSucceeded(_, _, let result): result.bytes.memoryBytes + result.contentType.memoryBytes
        case .attemptFailed(_, _, let failure): failure.type.memoryBytes + failure.message.memoryBytes
        case .jobDied(_, let reason): reason.memoryBytes
        case .pointsAdded(_, let series, let points): series.memoryBytes + points.memoryBytes
        case .queueConfigured(let queue):
            object(MemoryLayout<QueueSpecification>.stride) + queue.name.memoryBytes
        case .workerRegistered(let worker):
            worker.name.memoryBytes + worker.queues.deepBytes + worker.kinds.deepBytes
                + worker.labels.deepBytes
        case .machineRegistered(let machine):
            machine.name.memoryBytes + machine.gpuModel.memoryBytes + machine.labels.deepBytes
                + machine.attributes.memoryBytes
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

extension CommandContext {
    fileprivate var memoryBytes: Int {
        // Two names, two texts and three numbers, each of which may be none.
        object(128) + actor.memoryBytes + (idempotencyKey?.memoryBytes ?? 0) + (reason?.memoryBytes ?? 0)
            + (traceparent?.memoryBytes ?? 0)
    }
}

extension JobSpecification {
    fileprivate var memoryBytes: Int {
        let (basics, terms) = (storage.basics, storage.terms)
        return object(MemoryLayout<Basics>.stride + 8) + basics.kind.memoryBytes + basics.queue.memoryBytes
            + basics.payload.memoryBytes + basics.contentType.memoryBytes + basics.tags.deepBytes
            + basics.attributes.memoryBytes + (basics.uniqueKey?.memoryBytes ?? 0)
            + (terms === JobTerms.standard ? 0 : terms.values.memoryBytes)
    }
}

extension JobTerms.Values {
    fileprivate var memoryBytes: Int {
        object(MemoryLayout<Self>.stride) + (concurrencyKey?.memoryBytes ?? 0)
            + (fairnessKey?.memoryBytes ?? 0)
            + (source?.memoryBytes ?? 0) + requirements.memoryBytes + retry.nonRetryable.deepBytes
            + after.memoryBytes
    }
}

extension Requirements {
    fileprivate var memoryBytes: Int {
        gpuModels.deepBytes + labels.deepBytes + (machine?.memoryBytes ?? 0)
    }
}

extension JobChange {
    fileprivate var memoryBytes: Int {
        (tags?.deepBytes ?? 0) + (attributes?.memoryBytes ?? 0) + (requirements?.memoryBytes ?? 0)
    }
}

extension String {
    /// Texts of up to 15 bytes lie in their place.
    fileprivate var memoryBytes: Int { utf8.count > 15 ? object(utf8.count) : 0 }
}

extension Name {
    fileprivate var memoryBytes: Int { text.memoryBytes }
}

extension Array {
    /// Of elements that refer to nothing.
    fileprivate var memoryBytes: Int { isEmpty ? 0 : object(count * MemoryLayout<Element>.stride) }
}

extension [Name] {
    fileprivate var deepBytes: Int { reduce(memoryBytes) { $0 + $1.memoryBytes } }
}

extension [Name: String] {
    fileprivate var memoryBytes: Int {
        // A table of a power of two of places, at least three eighths of which are taken.
        isEmpty ? 0 : reduce(object(96 + count * 88)) { $0 + $1.key.memoryBytes + $1.value.memoryBytes }
    }
}
