import Orchestration

extension Event {
    /// Bytes that it takes in memory: its own place, and the objects that it alone refers to, each with what the allocator
    /// and its header add.
    ///
    /// Texts of up to 15 bytes lie in their place. Contexts are shared by the events of a command and count here too, so
    /// that a bound is not exceeded.
    var memoryBytes: Int {
        MemoryLayout<Event>.stride + 48 + text(context.reason) + text(context.idempotencyKey?.text) + contents
    }

    private var contents: Int {
        switch body {
        case .jobCreated(_, let job), .suggestionMade(_, let job): specification(job)
        case .jobRedriven(let redriven): specification(redriven.specification)
        case .jobUpdated(_, let change): names(change.tags ?? []) + attributes(change.attributes ?? [:])
        case .jobSucceeded(_, _, let result): array(result.bytes.count) + text(result.contentType)
        case .attemptFailed(_, _, let failure): text(failure.type.text) + text(failure.message)
        case .jobProgressed(_, _, let progress): text(progress.message)
        case .jobDied(_, let reason): text(reason)
        case .pointsAdded(_, let series, let points):
            text(series.text) + array(points.count * MemoryLayout<Point>.stride)
        case .jobDispatched(let lease): text(lease.worker.text) + text(lease.machine?.text)
        case .queueConfigured: 320
        case .workerRegistered(let worker): names(worker.queues) + names(worker.kinds) + names(worker.labels)
        case .machineRegistered(let machine): names(machine.labels) + attributes(machine.attributes)
        default: 0
        }
    }

    private func specification(_ job: JobSpecification) -> Int {
        // The object with what every job has, and that with the terms, which most share.
        256 + array(job.payload.count) + text(job.kind.text) + text(job.queue.text) + text(job.contentType)
            + text(job.uniqueKey?.text) + names(job.tags) + attributes(job.attributes)
    }

    private func text(_ text: String?) -> Int {
        guard let count = text?.utf8.count, count > 15 else { return 0 }
        return array(count)
    }

    private func array(_ bytes: Int) -> Int { bytes == 0 ? 0 : 48 + bytes }

    private func names(_ names: [Name]) -> Int {
        names.reduce(array(names.count * MemoryLayout<Name>.stride)) { $0 + text($1.text) }
    }

    private func attributes(_ pairs: [Name: String]) -> Int {
        // A table of a power of two of places, at most three quarters of them taken.
        pairs.reduce(array(pairs.count * 64)) { $0 + text($1.key.text) + text($1.value) }
    }
}
