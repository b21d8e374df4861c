import Orchestration

/// What the jobs table adds to what the state knows of a job, and where in the log the rest stands.
struct JobNotes: Sendable {
    let birth: UInt64
    let version: UInt64
    let state: JobState
    let createdAt: Timestamp
    let changedAt: Timestamp
    let attempts: UInt32
    let machine: String?
    let wasSuggested: Bool
    let losses: JobTrails.Losses
    let amendments: JobTrails.Amendments?
    /// The last `job.progressed` while it runs.
    let progress: UInt64?
}

extension JobsModel {
    /// Of those jobs that are shown.
    func notes(of jobs: [JobID]) -> [JobID: JobNotes] {
        var notes: [JobID: JobNotes] = [:]
        notes.reserveCapacity(jobs.count)
        for job in jobs { notes[job] = ledger.notes(of: job.rawValue) }
        return notes
    }
}

extension JobLedger {
    fileprivate func notes(of job: UInt64) -> JobNotes? {
        guard let row = rows.row(job) else { return nil }
        return JobNotes(
            birth: row.birth,
            version: row.version,
            state: row.state,
            createdAt: Timestamp(nanoseconds: row.created),
            changedAt: Timestamp(nanoseconds: row.changed),
            attempts: row.attempts,
            machine: row.marks.contains(.placed) ? indexes.machine(of: job).map { names.machine($0) } : nil,
            wasSuggested: row.marks.contains(.suggested),
            losses: trails.losses[job] ?? JobTrails.Losses(),
            amendments: trails.amendments[job],
            progress: trails.progress[job]
        )
    }
}
