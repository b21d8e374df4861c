extension State {
    /// When, after a moment, a queue that gave its last token can give another job; nil when none waits for that.
    ///
    /// No event marks the moment: those who wait for work ask again then.
    package func nextRefill(after time: Timestamp) -> Timestamp? {
        var position = ChunkedSortedSet<Refill>.Position()
        while let refill = refills.next(&position) {
            if refill.time > time { return refill.time }
        }
        return nil
    }

    func configure(_ queue: QueueSpecification, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try limits.check(queue)
        builder.emit(.queueConfigured(queue), BackLinks())
        return .done
    }

    /// Setting the status that it has changes nothing and is not refused.
    func setStatus(queue name: Name, _ status: QueueStatus, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        guard let queue = queues.find(name) else { throw .queueUnknown(name) }
        if queues[queue].status != status {
            builder.emit(.queueStatusSet(name: name, status), BackLinks())
        }
        return .done
    }

    mutating func applyConfiguration(_ specification: QueueSpecification, _ event: Event) {
        let queue = queues.named(specification.name)
        let isReordered = !specification.ranks(like: queues[queue].specification)
        queues[queue].specification = specification
        if isReordered { rerank(queue) }
        queues[queue].bucket.adapt(to: specification.rate, at: event.time)
        for key in queues[queue].keys.keys { openOrClose(queue, key: key) }
        openOrClose(queue, at: event.time)
    }

    /// Puts what waits in the order that it would have, had the queue always been as it is now.
    private mutating func rerank(_ queue: UInt32) {
        for set in ready.sets(of: queue) {
            ready.sets[Int(set)].forEach { slot in
                let (priority, since) = (jobs[slot].priority, jobs[slot].since)
                jobs[slot].rank = queues.rank(in: queue, priority, since: since)
            }
            ready.reorder(set) { [jobs] slot in jobs[slot].readyKey(slot: slot) }
        }
    }

    mutating func applyStatus(queue name: Name, _ status: QueueStatus, _ event: Event) throws(ApplyError) {
        guard let queue = queues.find(name) else { throw event.contradiction("queue \(name) is unknown") }
        queues[queue].status = status
        openOrClose(queue, at: event.time)
    }

    /// A job of the queue took its place among the running.
    mutating func startIn(_ queue: UInt32, key: Name?, at time: Timestamp) {
        queues[queue].start(key: key, at: time)
        if let key { openOrClose(queue, key: key) }
        if queues.isLimited(queue) { openOrClose(queue, at: time) }
    }

    mutating func endIn(_ queue: UInt32, key: Name?, at time: Timestamp) {
        queues[queue].end(key: key)
        if let key { openOrClose(queue, key: key) }
        if queues.isLimited(queue) { openOrClose(queue, at: time) }
    }

    /// Gives back the queues whose next token has come.
    mutating func refillQueues(at time: Timestamp) {
        while let refill = refills.first, refill.time <= time {
            refills.remove(refill)
            openOrClose(refill.queue, at: time)
        }
    }

    /// Opens or closes a queue's ready jobs, as its limits say.
    private mutating func openOrClose(_ queue: UInt32, at time: Timestamp) {
        let isOpen = queues.available(in: queue, at: time) > 0
        if isOpen, ready.isClosed(queue) { availability &+= 1 }
        ready.setClosed(!isOpen, queue: queue)
        if !isOpen, let rate = queues[queue].specification.rate, queues[queue].bucket.next(rate) > time {
            refills.insert(Refill(time: queues[queue].bucket.next(rate), queue: queue))
        }
    }

    private mutating func openOrClose(_ queue: UInt32, key: Name) {
        let isOpen = queues.available(in: queue, for: key) > 0
        if isOpen { availability &+= 1 }
        ready.setClosed(!isOpen, queue: queue, key: key)
    }
}

extension CoreLimits {
    func check(_ queue: QueueSpecification) throws(Refusal) {
        try check(name: queue.name, field: "name")
        if queue.concurrency == 0 {
            throw .invalid(field: "concurrency", problem: "must be at least 1; pause the queue instead")
        }
        if queue.keyConcurrency == 0 {
            throw .invalid(field: "keyConcurrency", problem: "must be at least 1")
        }
        if let rate = queue.rate { try check(rate) }
        if queue.policy == .directed { throw .invalid(field: "policy", problem: "must be fifo or priority") }
        if queue.aging <= .zero { throw .invalid(field: "aging", problem: "must be positive") }
        let (kept, problem) = (queue.retention, "must not be negative")
        if let span = kept.succeeded, span < .zero {
            throw .invalid(field: "retention.succeeded", problem: problem)
        }
        if let span = kept.dead, span < .zero { throw .invalid(field: "retention.dead", problem: problem) }
        if let span = kept.cancelled, span < .zero {
            throw .invalid(field: "retention.cancelled", problem: problem)
        }
    }

    private func check(_ rate: Rate) throws(Refusal) {
        if rate.starts == 0 { throw .invalid(field: "rate.starts", problem: "must be at least 1") }
        if rate.interval <= .zero { throw .invalid(field: "rate.interval", problem: "must be positive") }
        if rate.burst == 0 { throw .invalid(field: "rate.burst", problem: "must be at least 1") }
    }
}
