import Orchestration

/// What runs where, counted from events alone, against the limits that stood when each job started (I5).
struct LimitHistory {
    private struct Place {
        let queue: Name
        let key: Name?
    }

    private var places: [JobID: Place] = [:]
    private var running: [JobID: Name] = [:]
    private var queues: [Name: QueueSpecification] = [:]
    private var paused: Set<Name> = []
    private var workers: [Name: WorkerSpecification] = [:]
    private var draining: Set<Name> = []

    /// What is wrong with an event.
    mutating func see(_ body: Event.Body) -> String? {
        switch body {
        case .jobCreated(let job, let specification), .suggestionMade(let job, let specification):
            places[job] = Place(queue: specification.queue, key: specification.concurrencyKey)
        case .queueConfigured(let queue): queues[queue.name] = queue
        case .queueStatusSet(let name, let status):
            if status == .paused { paused.insert(name) } else { paused.remove(name) }
        case .workerRegistered(let worker):
            workers[worker.name] = worker
            draining.remove(worker.name)
        case .workerDrained(let name): draining.insert(name)
        case .jobDispatched(let lease): return start(lease)
        case .jobSucceeded(let job, _, _), .attemptFailed(let job, _, _), .leaseExpired(let job, _, _),
            .jobSnoozed(let job, _, _), .jobReleased(let job, _), .jobCancelled(let job, _):
            running[job] = nil
        default: break
        }
        return nil
    }

    private mutating func start(_ lease: JobDispatched) -> String? {
        guard let place = places[lease.job] else { return "job \(lease.job) was never made" }
        if running.updateValue(lease.worker, forKey: lease.job) != nil {
            return "job \(lease.job) runs twice"
        }
        if paused.contains(place.queue), lease.policy != .directed { return "queue \(place.queue) is paused" }
        if draining.contains(lease.worker) { return "worker \(lease.worker.text.prefix(9)) drains" }
        if let slots = workers[lease.worker]?.slots,
            running.values.count(where: { $0 == lease.worker }) > slots
        {
            return "worker \(lease.worker.text.prefix(9)) has no slot"
        }
        guard let queue = queues[place.queue] else { return nil }
        let beside = running.keys.compactMap { places[$0] }.filter { $0.queue == place.queue }
        if let limit = queue.concurrency, beside.count > limit { return "queue \(place.queue) is full" }
        if let key = place.key, let limit = queue.keyConcurrency,
            beside.count(where: { $0.key == key }) > limit
        {
            return "key \(key) of queue \(place.queue) is full"
        }
        return nil
    }
}
