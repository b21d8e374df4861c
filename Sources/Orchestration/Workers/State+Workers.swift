extension State {
    /// A new worker, or another word of a known one, which then drains no more.
    func register(_ worker: WorkerSpecification, _ builder: inout EventBuilder) throws(Refusal)
        -> CommandResult
    {
        try limits.check(worker)
        let links = BackLinks(worker: workers.lastSequence(workers.find(worker.name)))
        builder.emit(.workerRegistered(worker), links)
        return .done
    }

    /// The worker gets nothing more, and is told so at its heartbeats; telling it again changes nothing.
    func drain(worker name: Name, _ builder: inout EventBuilder) throws(Refusal) -> CommandResult {
        guard let worker = workers.find(name) else { throw .workerNotFound(name) }
        if !workers[worker].isDraining {
            builder.emit(.workerDrained(name: name), BackLinks(worker: workers[worker].lastSequence))
        }
        return .done
    }

    mutating func applyRegistration(_ specification: WorkerSpecification, _ event: Event) throws(ApplyError) {
        let known = workers.find(specification.name)
        guard workers.lastSequence(known) == event.links.worker else {
            throw event.contradiction("worker \(specification.name) was last touched by another event")
        }
        let worker = known ?? workers.append(specification.name)
        availability &+= 1
        workers[worker].specification = specification
        workers[worker].isDraining = false
        workers[worker].lastSequence = event.sequence
    }

    mutating func applyDrain(_ name: Name, _ event: Event) throws(ApplyError) {
        guard let worker = workers.find(name), workers[worker].lastSequence == event.links.worker else {
            throw event.contradiction("worker \(name) was last touched by another event")
        }
        workers[worker].isDraining = true
        workers[worker].lastSequence = event.sequence
    }
}

extension CoreLimits {
    fileprivate func check(_ worker: WorkerSpecification) throws(Refusal) {
        try check(name: worker.name, field: "name")
        if worker.slots == 0 { throw .invalid(field: "slots", problem: "must be at least 1") }
        try check(names: worker.queues, field: "queues")
        try check(names: worker.kinds, field: "kinds")
        try check(names: worker.labels, field: "labels")
    }
}
