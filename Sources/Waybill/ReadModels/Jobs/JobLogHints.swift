import Orchestration

/// What the jobs table adds to what the state knows of a job, and where in the log the rest stands.
struct JobLogHints: Sendable {
    let birth: UInt64
    let version: UInt64
    let state: JobState
    let createdAt: Timestamp
    let changedAt: Timestamp
    let attempts: UInt32
    let machine: String?
    let wasSuggested: Bool
    let losses: JobLogPointers.Losses
    let amendments: JobLogPointers.Amendments?
    /// The last `job.progressed` while it runs.
    let progress: UInt64?
}

extension JobsModel {
    /// Of those jobs that are shown.
    func notes(of jobs: [JobID]) -> [JobID: JobLogHints] {
        var notes: [JobID: JobLogHints] = [:]
        notes.reserveCapacity(jobs.count)
        for job in jobs { notes[job] = ledger.notes(of: job.rawValue) }
        return notes
    }
}

extension JobProjection {
    fileprivate func notes(of job: UInt64) -> JobLogHints? {
        guard let row = rows.row(job) else { return nil }
        return JobLogHints(
            birth: row.birth,
            version: row.version,
            state: row.state,
            createdAt: Timestamp(nanoseconds: row.created),
            changedAt: Timestamp(nanoseconds: row.changed),
            attempts: row.attempts,
            machine: row.marks.contains(.placed) ? indexes.machine(of: job).map { names.machine($0) } : nil,
            wasSuggested: row.marks.contains(.suggested),
            losses: trails.losses[job] ?? JobLogPointers.Losses(),
            amendments: trails.amendments[job],
            progress: trails.progress[job]
        )
    }
}
