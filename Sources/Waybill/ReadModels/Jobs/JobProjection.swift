import Orchestration

/// The table of all jobs, folded from events; each event gives the step that it meant.
struct JobProjection {
    /// A job in the hands of a worker.
    struct Holding {
        let worker: UInt32
        let machine: UInt32?
        let begun: Timestamp
    }

    let names: JobNames
    private(set) var rows = JobRows()
    private(set) var indexes = JobIndexes()
    private(set) var holdings: [UInt64: Holding] = [:]
    /// For jobs whose tags are not those of their creation: the event that set them.
    private(set) var retagged: [UInt64: UInt64] = [:]
    private(set) var pointers = JobLogPointers()
    private(set) var stateCounts = JobStateCounts()
    private var queueKinds = QueueKindTable()
    /// Of jobs that are proposed or blocked: what decides where they go from there.
    private var prospects: [JobID: JobProspects] = [:]

    init(names: JobNames) {
        self.names = names
    }

    func pair(_ row: JobRow) -> QueueKindTable.Pair { queueKinds[row.queueKind] }

    mutating func fold(_ event: Event) -> JobDelta {
        guard let step = event.body.step, let id = event.body.job else { return named(by: event.body) }
        let job = id.rawValue
        let row = rows.row(job)
        let state = state(of: id, row?.state, after: step, event)
        guard let row else {
            guard job == rows.end, let specification = event.body.specification, let state else {
                return JobDelta()
            }
            return begin(job, specification, state, event)
        }
        guard let state else { return prune(job, row) }
        return change(job, row, to: state, step.reason, event)
    }

    /// Where the life cycle leads a job; nil when nothing more is shown of it.
    private mutating func state(
        of job: JobID,
        _ before: JobState?,
        after step: LifeStep,
        _ event: Event
    ) -> JobState? {
        // An attempt that was lost is shown with what follows from it.
        if case .interim = step.to { return before }
        if case .moved(let runAt) = step.to { prospects[job]?.runAt = runAt }
        let new = event.body.specification.map { JobProspects($0) }
        let state = step.state(
            after: before,
            new ?? prospects[job] ?? JobProspects(),
            at: event.time
        )
        if state == .proposed || state == .blocked {
            if let new { prospects[job] = new }
        } else if before == .proposed || before == .blocked {
            prospects[job] = nil
        }
        return state
    }

    /// The queue or worker that an event names which touches no job.
    private func named(by body: Event.Body) -> JobDelta {
        switch body {
        case .queueConfigured(let queue): JobDelta(queue: names.number(ofQueue: queue.name))
        case .queueStatusSet(let name, _): JobDelta(queue: names.number(ofQueue: name))
        case .workerRegistered(let worker): JobDelta(worker: names.number(ofWorker: worker.name))
        case .workerDrained(let name): JobDelta(worker: names.number(ofWorker: name))
        default: JobDelta()
        }
    }

    private mutating func begin(
        _ job: UInt64,
        _ specification: JobSpecification,
        _ state: JobState,
        _ event: Event
    ) -> JobDelta {
        let pair = QueueKindTable.Pair(
            queue: names.number(ofQueue: specification.queue),
            kind: names.number(ofKind: specification.kind)
        )
        var row = JobRow(
            birth: event.sequence,
            created: event.time.nanoseconds,
            changed: event.time.nanoseconds,
            version: event.sequence,
            priority: specification.priority,
            attempts: 0,
            queueKind: queueKinds.number(of: pair),
            state: state
        )
        let asks = specification.requirements.cpuMillis > 0
        if asks { row.marks.insert(.asking) }
        if case .suggestionMade = event.body { row.marks.insert(.suggested) }
        let hasKin = specification.parent != nil || specification.taskCount > 0
        if hasKin { row.marks.insert(.kin) }
        if !specification.tags.isEmpty {
            row.marks.insert(.tagged)
            indexes.setTags(job, specification.tags)
        }
        rows.append(row)
        indexes.add(job, pair, state)
        stateCounts.add(row.queueKind, pair, state)
        return JobDelta(
            queue: pair.queue,
            kind: pair.kind,
            after: state,
            since: event.time,
            mask: ProjectionMask(event.body, usesMachine: asks, hasKin: hasKin)
        )
    }

    private mutating func prune(_ job: UInt64, _ row: JobRow) -> JobDelta {
        let pair = queueKinds[row.queueKind]
        rows.prune(job)
        indexes.remove(job, row, pair)
        stateCounts.remove(row.queueKind, row.state)
        retagged[job] = nil
        pointers.prune(job)
        return JobDelta(
            queue: pair.queue,
            kind: pair.kind,
            before: row.state,
            since: Timestamp(nanoseconds: row.changed)
        )
    }

    private mutating func change(
        _ job: UInt64,
        _ old: JobRow,
        to state: JobState,
        _ cancellation: CancellationReason?,
        _ event: Event
    ) -> JobDelta {
        let pair = queueKinds[old.queueKind]
        var row = old
        row.version = event.sequence
        var step = JobDelta(
            queue: pair.queue,
            kind: pair.kind,
            before: old.state,
            wasHeld: old.marks.contains(.held),
            since: Timestamp(nanoseconds: old.changed)
        )
        applyDetails(event, job, &row)
        pointers.fold(event, job)
        if state != old.state {
            row.state = state
            row.changed = event.time.nanoseconds
            indexes.move(job, from: old.state, to: state)
            stateCounts.move(row.queueKind, from: old.state, to: state)
            // A job that begins anew is held no more.
            if state.isTerminal { hold(job, false, &row) }
        }
        if state != .cancelled || cancellation != nil { row.cancellation = cancellation }
        if let holding = holdings[job] {
            (step.worker, step.begun) = (holding.worker, holding.begun)
            if row.state != .running { release(job, from: holding) }
        }
        if case .jobDispatched(let dispatched) = event.body {
            (step.worker, step.begun) = (lease(job, dispatched, event.time, &row), event.time)
        }
        let usesMachine = !row.marks.isDisjoint(with: [.asking, .placed])
        let hasKin = row.marks.contains(.kin)
        step.mask = ProjectionMask(event.body, usesMachine: usesMachine, hasKin: hasKin)
        step.after = row.state
        step.isHeld = row.marks.contains(.held)
        rows.set(job, row)
        return step
    }

    /// What an event says beside the state.
    private mutating func applyDetails(_ event: Event, _ job: UInt64, _ row: inout JobRow) {
        switch event.body {
        case .jobSnoozed, .jobReleased: row.attempts -= row.attempts > 0 ? 1 : 0
        case .jobUpdated(_, let change):
            if let priority = change.priority { row.priority = priority }
            if let isHeld = change.isHeld { hold(job, isHeld, &row) }
            if let tags = change.tags { tag(job, tags, &row, event) }
            if let requirements = change.requirements { ask(requirements, &row) }
        case .jobRedriven(let redriven):
            row.attempts = 0
            row.priority = redriven.specification.priority
            tag(job, redriven.specification.tags, &row, event)
            ask(redriven.specification.requirements, &row)
        default: break
        }
    }

    private func ask(_ requirements: Requirements, _ row: inout JobRow) {
        if requirements.cpuMillis > 0 { row.marks.insert(.asking) }
    }

    private mutating func hold(_ job: UInt64, _ isHeld: Bool, _ row: inout JobRow) {
        guard row.marks.contains(.held) != isHeld else { return }
        row.marks.formSymmetricDifference(.held)
        indexes.setHeld(job, isHeld)
    }

    private mutating func tag(_ job: UInt64, _ tags: [Name], _ row: inout JobRow, _ event: Event) {
        guard row.marks.contains(.tagged) || !tags.isEmpty, indexes.tags(of: job) != tags else { return }
        if tags.isEmpty { row.marks.remove(.tagged) } else { row.marks.insert(.tagged) }
        indexes.setTags(job, tags)
        retagged[job] = event.sequence
    }

    private mutating func lease(
        _ job: UInt64,
        _ dispatched: JobDispatched,
        _ time: Timestamp,
        _ row: inout JobRow
    ) -> UInt32 {
        row.attempts = dispatched.attempt
        let worker = names.number(ofWorker: dispatched.worker)
        let machine = dispatched.machine.map { names.number(ofMachine: $0) }
        holdings[job] = Holding(worker: worker, machine: machine, begun: time)
        indexes.assign(job, to: worker)
        if let machine {
            row.marks.insert(.placed)
            indexes.put(job, on: machine)
        }
        return worker
    }

    private mutating func release(_ job: UInt64, from holding: Holding) {
        holdings[job] = nil
        pointers.release(job)
        indexes.unassign(job, from: holding.worker)
    }
}
