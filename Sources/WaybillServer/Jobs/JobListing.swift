import Waybill

/// The orders in which jobs are listed, and where a page of each begins.
enum JobListing: String, CaseIterable, Sendable {
    case oldest, newest, lastChanged, longestUnchanged

    /// What a page's `next` says: the order, and where its last job stands.
    enum Position: Hashable {
        case job(JobID)
        case change(ChangeCursor)
    }

    /// Nil for a text that is no cursor of this order.
    func position(_ text: String) -> Position? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.first.map(String.init) == rawValue else { return nil }
        let numbers = parts.dropFirst().compactMap { UInt64($0) }
        guard numbers.count == parts.count - 1 else { return nil }
        switch self {
        case .oldest, .newest: return numbers.count == 1 ? .job(JobID(numbers[0])) : nil
        case .lastChanged, .longestUnchanged:
            guard numbers.count == 2 else { return nil }
            let changedAt = Timestamp(nanoseconds: Int64(bitPattern: numbers[1]))
            return .change(ChangeCursor(changedAt: changedAt, id: JobID(numbers[0])))
        }
    }

    func cursor(after job: JobSummary) -> String {
        switch self {
        case .oldest, .newest: "\(rawValue)-\(job.id)"
        case .lastChanged, .longestUnchanged:
            "\(rawValue)-\(job.id)-\(UInt64(bitPattern: job.changedAt.nanoseconds))"
        }
    }

    /// Jobs of a filter in this order; nil where too many would have to be looked at.
    func page(
        _ filter: JobFilter,
        in jobs: isolated JobsModel,
        after position: Position?,
        limit: Int
    ) -> [JobSummary]? {
        var (job, change): (JobID?, ChangeCursor?)
        switch position {
        case .job(let last): job = last
        case .change(let last): change = last
        case nil: break
        }
        return switch self {
        case .oldest: jobs.page(filter, order: .oldestFirst, after: job, limit: limit)
        case .newest: jobs.page(filter, order: .newestFirst, after: job, limit: limit)
        case .lastChanged: jobs.page(filter, by: .lastChangedFirst, after: change, limit: limit)
        case .longestUnchanged: jobs.page(filter, by: .longestUnchangedFirst, after: change, limit: limit)
        }
    }
}
