import Waybill
import WaybillHTTP

/// The jobs of one service: of its own kind and in its own queue, so that no other service's worker gets them.
struct ServiceJobs: Sendable {
    let kind: String
    let queue: String
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

    /// A page of them, whole, and the last one's number where more follow it.
    func page(
        _ states: Set<JobState>,
        _ order: JobOrder,
        after cursor: JobID?,
        limit: Int,
        _ engine: Engine
    ) async throws -> (jobs: [JobDetail], next: JobID?) {
        let filter = JobFilter(states: states, queue: queue, kind: kind)
        // One more than asked for tells whether there are more, also where some are pruned before they are read.
        let rows = await engine.jobs.page(filter, order: order, after: cursor, limit: limit + 1)
        let shown = rows.prefix(limit).map(\.id)
        return (try await engine.details(of: shown), rows.count > limit ? shown.last : nil)
    }

    var notFound: Problem { .notFound("\(noun) not found") }

    private func belongs(_ specification: JobSpecification) -> Bool {
        specification.kind == kind && specification.queue == queue
    }
}
