/// Upper bounds of encoded sizes in bytes: what the writer is given memory for.
///
/// A number with its tag takes at most 12, a text or message at most 12 beside its own bytes.
enum WireBound {
    /// All numbers of an envelope and of any body, and the frames around them.
    static let fixed = 400
    private static let frame = 12

    static func text(_ text: String?) -> Int {
        text.map { $0.utf8.count + frame } ?? 0
    }

    static func name(_ name: Name?) -> Int { text(name?.text) }

    static func names(_ names: [Name]) -> Int {
        var bound = 0
        for each in names { bound += name(each) }
        return bound
    }

    static func map(_ pairs: [Name: String]) -> Int {
        if pairs.isEmpty { return 0 }
        var bound = 0
        for (key, value) in pairs { bound += name(key) + text(value) + frame }
        return bound
    }

    static func specification(_ specification: JobSpecification) -> Int {
        let basics = specification.storage.basics
        var bound = 560 + basics.kind.utf8.count + basics.queue.utf8.count + basics.payload.count
        bound += basics.contentType.utf8.count + names(basics.tags) + map(basics.attributes)
        bound += name(basics.uniqueKey)
        if specification.storage.terms !== EventCodec.Absent.terms {
            bound += terms(specification.storage.terms.values)
        }
        return bound
    }

    private static func terms(_ terms: JobTerms.Values) -> Int {
        var bound = name(terms.concurrencyKey) + name(terms.fairnessKey) + name(terms.source)
        bound += names(terms.requirements.gpuModels) + names(terms.requirements.labels)
        bound += name(terms.requirements.machine) + names(terms.retry.nonRetryable)
        return bound + terms.after.count * 10
    }

    static func change(_ change: JobChange) -> Int {
        var bound = fixed + names(change.tags ?? []) + map(change.attributes ?? [:])
        if let requirements = change.requirements {
            bound += names(requirements.gpuModels) + names(requirements.labels) + name(requirements.machine)
        }
        return bound
    }

    static func queue(_ queue: QueueSpecification) -> Int {
        fixed + name(queue.name)
    }

    static func worker(_ worker: WorkerSpecification) -> Int {
        fixed + name(worker.name) + names(worker.queues) + names(worker.kinds) + names(worker.labels)
    }

    static func machine(_ machine: MachineSpecification) -> Int {
        fixed + name(machine.name) + name(machine.gpuModel) + names(machine.labels) + map(machine.attributes)
    }

    static func event(_ event: Event) -> Int {
        let context = event.context
        var bound = fixed + context.actor.utf8.count
        bound += name(context.idempotencyKey) + text(context.reason) + text(context.traceparent)
        return bound + body(event.body)
    }

    private static func body(_ body: Event.Body) -> Int {
        switch body {
        case .jobCreated(_, let specification), .suggestionMade(_, let specification):
            self.specification(specification)
        case .jobDispatched(let lease): lease.worker.utf8.count + name(lease.machine)
        case .jobSucceeded(_, _, let result): result.bytes.count + result.contentType.utf8.count
        case .attemptFailed(_, _, let failure): failure.type.utf8.count + failure.message.utf8.count
        case .pointsAdded(_, let series, let points): series.utf8.count + points.count * 48
        case .jobDied(_, let reason): reason.utf8.count
        case .machineRegistered(let machine): self.machine(machine)
        case .jobUpdated(_, let change): self.change(change)
        case .jobRedriven(let redriven): self.specification(redriven.specification)
        case .jobProgressed(_, _, let progress): progress.message.utf8.count
        case .queueConfigured(let queue): self.queue(queue)
        case .queueStatusSet(let name, _), .workerDrained(let name): name.utf8.count
        case .workerRegistered(let worker): self.worker(worker)
        case .machineStatusSet(let name, _): name.utf8.count
        case .logQuarantined(let file): file.file.utf8.count
        default: 0
        }
    }
}
