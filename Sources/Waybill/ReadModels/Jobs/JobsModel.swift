public import Orchestration

/// Every job that is not pruned, in about fifty bytes each, found by what it has in common with others.
///
/// What a page costs follows the jobs on it and the rarest of the filter's terms, not the jobs that there are.
public actor JobsModel: Projection {
    let progress: ProjectionWatermark
    private(set) var projection: JobProjection
    /// The last sequence that this model has folded; the others may be on their way there.
    private(set) var folded: UInt64 = 0

    init(names: JobNames, _ progress: ProjectionWatermark) {
        self.progress = progress
        projection = JobProjection(names: names)
    }

    /// Jobs that are shown: all that were created and not pruned.
    public var count: Int { projection.rows.shown }

    /// Nil for a job that was pruned or never was.
    public subscript(id: JobID) -> JobSummary? {
        projection.rows.row(id.rawValue).map { summary(id.rawValue, $0) }
    }

    /// Jobs by state, of a queue, of a kind, of both or all of them; states without jobs are left out.
    ///
    /// O(1) over all jobs; else a look at each pair of a queue and a kind that jobs ever had.
    public func counts(queue: Name? = nil, kind: Name? = nil) -> [JobState: Int] {
        projection.counts(queue: queue, kind: kind)
    }

    /// Jobs of a kind, in whatever state.
    public func count(kind: Name) -> Int {
        counts(kind: kind).values.reduce(0, +)
    }

    /// The sequence of a job's first event, where its history begins; nil when it was pruned or never was.
    package func birth(of id: JobID) -> UInt64? {
        projection.rows.row(id.rawValue)?.birth
    }

    /// Jobs that meet the filter, in order, behind `cursor`, at most `limit`.
    ///
    /// The last job of a page is the cursor of the next one: it stays good whatever happens between the two, and a job
    /// that meets the filter all the time is seen once.
    public func page(
        _ filter: JobFilter = JobFilter(),
        order: JobOrder = .oldestFirst,
        after cursor: JobID? = nil,
        limit: Int = 100
    ) -> [JobSummary] {
        var page: [JobSummary] = []
        guard limit > 0 else { return page }
        walk(filter, order, behind: cursor) { job, row in
            page.append(summary(job, row))
            return page.count < limit
        }
        return page
    }

    /// Every job that meets the filter, oldest first, as of the sequence that comes with them.
    public func numbers(_ filter: JobFilter) -> (jobs: [JobID], sequence: UInt64) {
        var jobs: [JobID] = []
        walk(filter, .oldestFirst, behind: nil) { job, _ in
            jobs.append(JobID(job))
            return true
        }
        return (jobs, folded)
    }

    /// Until `visit` says that it is enough.
    private func walk(
        _ filter: JobFilter,
        _ order: JobOrder,
        behind cursor: JobID?,
        _ visit: (UInt64, JobRow) -> Bool
    ) {
        guard let selection = projection.selection(filter) else { return }
        walk(selection, filter, order, projection.numbers(filter, order, behind: cursor), visit)
    }

    func walk(
        _ selection: JobSelection,
        _ filter: JobFilter,
        _ order: JobOrder,
        _ numbers: Range<UInt64>,
        _ visit: (UInt64, JobRow) -> Bool
    ) {
        let (from, before) = (filter.changedFrom?.nanoseconds, filter.changedBefore?.nanoseconds)
        selection.walk(order, in: numbers) { index, word in
            var rest = word
            while rest != 0 {
                let bit = order == .oldestFirst ? rest.trailingZeroBitCount : 63 - rest.leadingZeroBitCount
                rest &= ~(1 << UInt64(bit))
                let job = index << 6 | UInt64(bit)
                if let from, !projection.rows.mayHaveChanged(job, since: from) { return true }
                guard let row = projection.rows.row(job), row.changed >= from ?? .min,
                    before.map({ row.changed < $0 }) ?? true,
                    filter.isHeld.map({ $0 == row.marks.contains(.held) }) ?? true
                else { continue }
                guard visit(job, row) else { return false }
            }
            return true
        }
    }

    /// Folds what is new in the batches; the deltas are for the models behind this one.
    func fold(_ batches: [[Event]]) -> [FoldedBatch] {
        batches.map { fold($0) }
    }

    private func fold(_ events: [Event]) -> FoldedBatch {
        // Copied only when a part of them was folded before.
        let isFresh = events.first.map { $0.sequence > folded } ?? true
        let fresh = isFresh ? events : Array(events.drop { $0.sequence <= folded })
        var deltas: [JobDelta] = []
        deltas.reserveCapacity(fresh.count)
        var mask: ProjectionMask = []
        for index in fresh.indices {
            let delta = projection.fold(fresh[index])
            mask.formUnion(delta.mask)
            deltas.append(delta)
        }
        folded = fresh.last?.sequence ?? folded
        return FoldedBatch(events: fresh, deltas: deltas, mask: mask)
    }

    /// What decides whether a job's events pass a filter, of jobs that are shown.
    func facts(of jobs: some Sequence<JobID> & Sendable) -> [JobID: JobFacts] {
        var facts: [JobID: JobFacts] = [:]
        for job in jobs {
            guard let row = projection.rows.row(job.rawValue) else { continue }
            let pair = projection.pair(row)
            facts[job] = JobFacts(
                queue: projection.names.queue(pair.queue),
                kind: projection.names.kind(pair.kind),
                tags: projection.indexes.tags(of: job.rawValue),
                from: projection.retagged[job.rawValue] ?? row.birth
            )
        }
        return facts
    }

    func summary(_ job: UInt64, _ row: JobRow) -> JobSummary {
        let (pair, names) = (projection.pair(row), projection.names)
        return JobSummary(
            id: JobID(job),
            kind: names.kind(pair.kind),
            queue: names.queue(pair.queue),
            state: row.state,
            cancellation: row.cancellation,
            priority: row.priority,
            attempts: row.attempts,
            tags: row.marks.contains(.tagged) ? projection.indexes.tags(of: job) : [],
            isHeld: row.marks.contains(.held),
            worker: row.state == .running ? projection.holdings[job].map { names.worker($0.worker) } : nil,
            machine: row.marks.contains(.placed)
                ? projection.indexes.machine(of: job).map { names.machine($0) } : nil,
            createdAt: Timestamp(nanoseconds: row.created),
            changedAt: Timestamp(nanoseconds: row.changed),
            version: row.version
        )
    }
}

/// One job as the jobs read model shows it.
public struct JobSummary: Sendable, Hashable {
    /// Its number.
    public let id: JobID
    /// What work it is.
    public let kind: Name
    /// Where it waits, or waited.
    public let queue: Name
    /// Where it is in its life.
    public let state: JobState
    /// Set when the state is `cancelled`.
    public let cancellation: CancellationReason?
    /// Higher goes first.
    public let priority: Int32
    /// Attempts begun, crashes included; what was snoozed or released is not counted.
    public let attempts: UInt32
    /// Short texts that it is found by.
    public let tags: [Name]
    /// Whether it is kept from being dispatched.
    public let isHeld: Bool
    /// Who holds it while it runs.
    public let worker: Name?
    /// Where it runs, or ran last; nil when it was on no machine.
    public let machine: Name?
    /// When it was created or suggested.
    public let createdAt: Timestamp
    /// When the state last changed.
    public let changedAt: Timestamp
    /// The last event that touched the job: its version, and where its history begins backwards.
    public let version: UInt64
}

/// Where a job began: what stays the same of it whatever happens later.
package struct JobOrigin: Sendable, Hashable {
    package let id: JobID
    /// The sequence of its first event.
    package let sequence: UInt64
    package let createdAt: Timestamp

    package init(id: JobID, sequence: UInt64, createdAt: Timestamp) {
        self.id = id
        self.sequence = sequence
        self.createdAt = createdAt
    }
}

extension JobsModel {
    /// Where jobs began, in their order; nil for a job that never was.
    ///
    /// Of pruned jobs it is known as long as one of their neighbours is shown.
    package func origins(of jobs: [JobID]) -> [JobOrigin?] {
        jobs.map { job in
            guard let row = projection.rows.rowEverShown(job.rawValue) else { return nil }
            let createdAt = Timestamp(nanoseconds: row.created)
            return JobOrigin(id: job, sequence: row.birth, createdAt: createdAt)
        }
    }
}
