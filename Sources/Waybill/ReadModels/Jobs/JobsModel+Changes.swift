import Orchestration

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
        guard limit > 0, let selection = ledger.selection(filter) else { return [] }
        let numbers = ledger.numbers(filter, .oldestFirst, behind: nil)
        var ranking = ChangeRanking(order, after: cursor, limit: limit)
        var looks = 0
        for span in ledger.rows.spans(order, in: numbers, behind: cursor?.changedAt) {
            guard ranking.mayTake(span.bound) else { break }
            walk(selection, filter, .oldestFirst, span.numbers) { job, row in
                looks += 1
                let changed = Timestamp(nanoseconds: row.changed)
                ranking.see(ChangeCursor(changedAt: changed, id: JobID(job)))
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
