import Waybill
import WaybillHTTP
import WaybillJSON

/// The jobs of one service: of its own kind and in its own queue, so that no other service's worker gets them.
struct ServiceJobs: Sendable {
    let kind: Name
    let queue: Name
    /// What the service calls one, such as `Task`.
    let noun: String

    /// One of the service's jobs; a job of another service isn't there.
    func detail(_ id: JobID, _ engine: Engine) async throws -> JobDetail {
        guard let detail = try await engine.detail(of: id), belongs(detail.specification) else {
            throw notFound
        }
        return detail
    }

    /// Refuses a number that is no job of the service, before a command concerns it.
    func check(_ id: JobID, _ engine: Engine) async throws {
        guard let job = await engine.jobs[id], job.kind == kind, job.queue == queue else { throw notFound }
    }

    /// The numbers of a page of them, and the last one's where more follow it.
    func page(
        _ states: Set<JobState>,
        _ order: JobOrder,
        after cursor: JobID?,
        limit: Int,
        _ engine: Engine
    ) async -> (jobs: [JobID], next: JobID?) {
        let filter = JobFilter(states: states, queue: queue, kind: kind)
        // One more than asked for tells whether there are more, also where some are pruned before they are read.
        let rows = await engine.jobs.page(filter, order: order, after: cursor, limit: limit + 1)
        let shown = rows.prefix(limit).map(\.id)
        return (shown, rows.count > limit ? shown.last : nil)
    }

    var notFound: Problem { .notFound("\(noun) not found") }

    private func belongs(_ specification: JobSpecification) -> Bool {
        specification.kind == kind && specification.queue == queue
    }
}

extension JSONFields {
    /// Refuses a member that says another number than the path; the clients of these services repeat it in bodies.
    ///
    /// Other members that are unknown are passed over, as the services did.
    mutating func check(_ names: [String], against id: JobID) throws(FieldProblem) {
        try check(names, against: id.rawValue)
    }

    mutating func check(_ names: [String], against number: UInt64) throws(FieldProblem) {
        for name in names {
            guard let said = member(name), !said.value.says(number) else { continue }
            throw problem(name, "contradicts the path, which says \(number)")
        }
    }
}

extension JSONValue {
    /// Whether it is this number, or a text that is.
    fileprivate func says(_ number: UInt64) -> Bool {
        switch self {
        case .number(let text): Number.whole(text, UInt64.self) == number
        case .string(let text): UInt64(text) == number
        default: false
        }
    }
}

extension TimeSpan {
    /// The lease of services whose workers never say that they are alive: a year.
    static let longest = TimeSpan.seconds(365 * 86_400)
}
