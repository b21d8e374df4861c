package import Orchestration

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
    package func births(of jobs: [JobID]) -> [JobOrigin?] {
        jobs.map { job in
            guard let row = ledger.rows.rowEverShown(job.rawValue) else { return nil }
            let createdAt = Timestamp(nanoseconds: row.created)
            return JobOrigin(id: job, sequence: row.birth, createdAt: createdAt)
        }
    }
}
