public import Orchestration

/// Every job that the log has seen, in about fifty bytes each.
public actor JobsModel: ReadModel {
    public var progress = Progress()

    private struct Row {
        /// The sequence of its first event.
        var birth: UInt64
        var created: Int64
        var changed: Int64
        var version: UInt64
        var queue: UInt32
        var kind: UInt32
        var priority: Int32
        var attempts: UInt32
        var state: JobState
        var cancellation: CancellationReason?
        var isPruned = false
    }

    /// Ids are dense from 1, so the row of a job stands at its id − 1.
    private var rows: [Row] = []
    private var names = NameTable()
    private var transitions = JobTransitions()

    public init() {}

    public var count: Int { rows.count }

    public subscript(id: JobID) -> JobSummary? {
        guard id.rawValue >= 1, id.rawValue <= UInt64(rows.count) else { return nil }
        guard !rows[Int(id.rawValue) - 1].isPruned else { return nil }
        return summary(at: Int(id.rawValue) - 1)
    }

    /// The sequence of a job's first event, where its history begins.
    public func birth(of id: JobID) -> UInt64? {
        guard id.rawValue >= 1, id.rawValue <= UInt64(rows.count) else { return nil }
        return rows[Int(id.rawValue) - 1].birth
    }

    /// Jobs after `cursor`, ids ascending, at most `limit`; nil filters let everything through.
    public func page(
        after cursor: JobID? = nil,
        limit: Int = 100,
        state: JobState? = nil,
        queue: String? = nil,
        kind: String? = nil
    ) -> [JobSummary] {
        let queueNumber = queue.map { names.known($0) }
        let kindNumber = kind.map { names.known($0) }
        if queueNumber == .some(nil) || kindNumber == .some(nil) { return [] }
        var page: [JobSummary] = []
        var index = Int(clamping: cursor?.rawValue ?? 0)
        while index < rows.count, page.count < limit {
            let row = rows[index]
            if !row.isPruned, state.map({ $0 == row.state }) ?? true,
                queueNumber.map({ $0 == row.queue }) ?? true,
                kindNumber.map({ $0 == row.kind }) ?? true
            {
                page.append(summary(at: index))
            }
            index += 1
        }
        return page
    }

    public func fold(_ event: Event) {
        guard let transition = transitions.transition(of: event) else { return }
        let index = Int(transition.job.rawValue) - 1
        if index == rows.count, let specification = transition.specification { append(specification, event) }
        guard rows.indices.contains(index) else { return }
        if transition.isPruned { rows[index].isPruned = true }
        rows[index].version = event.sequence
        if let attempt = transition.attempt { rows[index].attempts = attempt }
        guard let state = transition.state else { return }
        rows[index].state = state
        rows[index].cancellation = transition.cancellation
        rows[index].changed = event.time.nanoseconds
    }

    private func append(_ specification: JobSpecification, _ event: Event) {
        rows.append(
            Row(
                birth: event.sequence,
                created: event.time.nanoseconds,
                changed: event.time.nanoseconds,
                version: event.sequence,
                queue: names.number(of: specification.queue),
                kind: names.number(of: specification.kind),
                priority: specification.priority,
                attempts: 0,
                state: .ready
            )
        )
    }

    private func summary(at index: Int) -> JobSummary {
        let row = rows[index]
        return JobSummary(
            id: JobID(UInt64(index) + 1),
            kind: names[row.kind],
            queue: names[row.queue],
            state: row.state,
            cancellation: row.cancellation,
            priority: row.priority,
            attempts: row.attempts,
            createdAt: Timestamp(nanoseconds: row.created),
            changedAt: Timestamp(nanoseconds: row.changed),
            version: row.version
        )
    }
}
