package import Orchestration

extension JobsModel {
    /// Jobs of a filter that one page by their last change may look at.
    static let changeLooks = 100_000

    /// Jobs that meet the filter, by the last change of their state, behind `cursor`, at most `limit`; nil when more than
    /// 100,000 of them would have to be looked at.
    ///
    /// There is no index by time: it would cost every job eight bytes and more. Instead chunks of 256 neighbouring jobs
    /// are taken in the order of what could be in them, until the page can't change any more. So the last changes among
    /// all jobs are always found, and so is everything in a filter that up to 100,000 jobs meet; what was changed the
    /// longest ago is found when jobs change roughly in the order of their creation. Else narrow the filter.
    ///
    /// A job that changes between two pages goes to another place: it may be seen twice, or not at all.
    package func page(
        _ filter: JobFilter = JobFilter(),
        by order: ChangeOrder,
        after cursor: ChangeCursor? = nil,
        limit: Int = 100
    ) -> [JobSummary]? {
        page(filter, by: order, after: cursor, limit: limit, looks: Self.changeLooks)
    }

    func page(
        _ filter: JobFilter,
        by order: ChangeOrder,
        after cursor: ChangeCursor?,
        limit: Int,
        looks most: Int
    ) -> [JobSummary]? {
        guard limit > 0, let selection = projection.selection(filter) else { return [] }
        let numbers = projection.numbers(filter, .oldestFirst, behind: nil)
        var ranking = ChangeRanking(order, after: cursor, limit: limit)
        var looks = 0
        for span in projection.rows.spans(order, in: numbers, behind: cursor?.changedAt) {
            guard ranking.mayHold(span.bound) else { break }
            walk(selection, filter, .oldestFirst, span.numbers) { job, row in
                looks += 1
                let changed = Timestamp(nanoseconds: row.changed)
                ranking.add(ChangeCursor(changedAt: changed, id: JobID(job)))
                return looks <= most
            }
            guard looks <= most else { return nil }
        }
        return ranking.finish().compactMap { self[$0.id] }
    }
}

extension JobRows {
    /// A chunk's numbers, and the moment before or after which all of its changes lie.
    struct ChangeRun {
        let numbers: Range<UInt64>
        let bound: Int64
    }

    /// The chunks among the numbers, those first that may hold the foremost jobs.
    func spans(_ order: ChangeOrder, in numbers: Range<UInt64>, behind cursor: Timestamp?) -> [ChangeRun] {
        var spans: [ChangeRun] = []
        guard !numbers.isEmpty else { return spans }
        let size = Self.chunkRows
        for index in numbers.lowerBound / size...(numbers.upperBound - 1) / size {
            let range = (index * size..<(index + 1) * size).clamped(to: numbers)
            guard let times = times(ofChunk: index) else { continue }
            switch order {
            case .lastChangedFirst:
                if let cursor, times.born > cursor.nanoseconds { continue }
                spans.append(ChangeRun(numbers: range, bound: times.lastChange))
            case .longestUnchangedFirst:
                if let cursor, times.lastChange < cursor.nanoseconds { continue }
                spans.append(ChangeRun(numbers: range, bound: times.born))
            }
        }
        // They stand in the order of their creation.
        if order == .lastChangedFirst { spans.sort { $0.bound > $1.bound } }
        return spans
    }
}

/// The order in which jobs are listed by the last change of their state; jobs that changed at one moment by number.
package enum ChangeOrder: Sendable, Hashable {
    case longestUnchangedFirst
    case lastChangedFirst
}

/// Where a job stands among those that are listed by their last change.
package struct ChangeCursor: Sendable, Hashable, Comparable {
    package let changedAt: Timestamp
    package let id: JobID

    package init(changedAt: Timestamp, id: JobID) {
        self.changedAt = changedAt
        self.id = id
    }

    /// The last job of a page: the next page begins behind it.
    package init(_ job: JobSummary) {
        self.init(changedAt: job.changedAt, id: job.id)
    }

    package static func < (left: ChangeCursor, right: ChangeCursor) -> Bool {
        (left.changedAt, left.id) < (right.changedAt, right.id)
    }
}

/// The foremost jobs by their last change among those that it is shown, at most `limit`.
struct ChangeRanking {
    private let order: ChangeOrder
    private let limit: Int
    private let cursor: ChangeCursor?
    private var best: [ChangeCursor] = []
    /// The last of the foremost as of the last cut: nothing behind it can come in.
    private var bar: ChangeCursor?

    init(_ order: ChangeOrder, after cursor: ChangeCursor?, limit: Int) {
        self.order = order
        self.cursor = cursor
        self.limit = limit
    }

    mutating func add(_ job: ChangeCursor) {
        if let cursor, !isBefore(cursor, job) { return }
        if let bar, !isBefore(job, bar) { return }
        best.append(job)
        if best.count >= 4 * limit { cut() }
    }

    /// Whether a job that changed at this moment, or further back in the order, could still come in.
    mutating func mayHold(_ changed: Int64) -> Bool {
        if best.count >= limit, bar == nil { cut() }
        guard let bar else { return true }
        return order == .lastChangedFirst
            ? changed >= bar.changedAt.nanoseconds : changed <= bar.changedAt.nanoseconds
    }

    /// In order.
    mutating func finish() -> [ChangeCursor] {
        cut()
        return best
    }

    private mutating func cut() {
        best.sort(by: isBefore)
        if best.count > limit { best.removeLast(best.count - limit) }
        if best.count == limit { bar = best.last }
    }

    private func isBefore(_ left: ChangeCursor, _ right: ChangeCursor) -> Bool {
        order == .lastChangedFirst ? left > right : left < right
    }
}
