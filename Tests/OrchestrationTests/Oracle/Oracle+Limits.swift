import Orchestration

/// The bounds of a command, where the generator oversteps them.
extension Oracle {
    func check(_ context: CommandContext) throws(Refusal) {
        if let key = context.idempotencyKey { try check(name: key, "idempotencyKey") }
    }

    func check(name: Name, _ field: String) throws(Refusal) {
        if name.isEmpty || name.utf8.count > limits.nameBytes { throw invalid(field) }
    }

    func check(count: Int, _ field: String) throws(Refusal) {
        if count == 0 || count > limits.commandItems { throw invalid(field) }
    }

    func check(bytes: Int, _ field: String) throws(Refusal) {
        guard bytes > limits.payloadBytes else { return }
        throw .payloadTooLarge(field: field, bytes: bytes, limit: limits.payloadBytes)
    }

    func check(_ job: JobSpecification) throws(Refusal) {
        try check(name: job.kind, "kind")
        try check(name: job.queue, "queue")
        try check(bytes: job.payload.count, "payload")
        if let window = job.uniqueWindow, window < .zero { throw invalid("uniqueWindow") }
        if job.uniqueKey == nil {
            if job.uniqueWindow != nil { throw invalid("uniqueWindow") }
            if job.onClash == .existing { throw invalid("onClash") }
        }
        if let delay = job.delay, delay < .zero || job.runAt != nil { throw invalid("delay") }
        let retry = job.retry
        if retry.maxAttempts == 0 { throw invalid("retry.maxAttempts") }
        let timeouts = job.timeouts
        if timeouts.lease <= .zero { throw invalid("timeouts.lease") }
        if let run = timeouts.run, run <= .zero { throw invalid("timeouts.run") }
        if let total = timeouts.total, total <= .zero { throw invalid("timeouts.total") }
        if let expiresAt = job.expiresAt, expiresAt <= now { throw invalid("expiresAt") }
    }

    func check(_ queue: QueueSpecification) throws(Refusal) {
        try check(name: queue.name, "name")
        if queue.concurrency == 0 { throw invalid("concurrency") }
        if queue.keyConcurrency == 0 { throw invalid("keyConcurrency") }
        if let rate = queue.rate {
            if rate.starts == 0 { throw invalid("rate.starts") }
            if rate.interval <= .zero { throw invalid("rate.interval") }
            if rate.burst == 0 { throw invalid("rate.burst") }
        }
        if queue.policy == .directed { throw invalid("policy") }
        if queue.aging <= .zero { throw invalid("aging") }
        let kept = queue.retention
        for (name, span) in [
            ("succeeded", kept.succeeded), ("dead", kept.dead), ("cancelled", kept.cancelled),
        ] {
            if let span, span < .zero { throw invalid("retention.\(name)") }
        }
    }

    func check(_ request: DispatchRequest) throws(Refusal) {
        try check(name: request.worker, "worker")
        if request.max < 1 || request.max > limits.commandItems { throw invalid("max") }
        if let machine = request.machine, machines[machine] == nil { throw .machineNotFound(machine) }
    }

    /// A job that is pinned to a machine must fit it when nothing else runs there.
    func checkPlacement(cpuMillis: UInt64, pinned: Name?) throws(Refusal) {
        guard let pinned, let machine = machines[pinned] else { return }
        if cpuMillis > machine.specification.cpuMillis { throw invalid("requirements.cpuMillis") }
    }
}
