import Orchestration

/// Where in the log stands what a row doesn't say of its job.
///
/// Only jobs that lost an attempt, or were changed or redriven, cost anything, until they are pruned: 16 bytes for the
/// one, at most five numbers for the other. Of running jobs it knows the last progress.
struct JobLogPointers {
    /// Attempts that came to nothing since the job began, or began anew.
    struct Losses: Sendable {
        var failures: UInt32 = 0
        var crashes: UInt32 = 0
        /// The `attempt.failed` of the attempt that was lost last; 0 when that one crashed.
        var failure: UInt64 = 0
    }

    /// The events that made the specification what it is, if its birth isn't all of it.
    struct Amendments: Sendable {
        /// The last redrive, which says all of it; 0 for none.
        var redrive: UInt64 = 0
        private(set) var changes: [(sequence: UInt64, parts: JobChange.Parts)] = []

        /// The updates since, ascending; those that later ones undo are left out.
        var updates: [UInt64] { changes.map(\.sequence) }

        mutating func add(_ parts: JobChange.Parts, _ sequence: UInt64) {
            for index in changes.indices { changes[index].parts.subtract(parts) }
            changes.removeAll { $0.parts.isEmpty }
            changes.append((sequence, parts))
        }
    }

    private(set) var losses: [UInt64: Losses] = [:]
    private(set) var amendments: [UInt64: Amendments] = [:]
    /// The last `job.progressed` of jobs that run.
    private(set) var progress: [UInt64: UInt64] = [:]

    mutating func fold(_ event: Event, _ job: UInt64) {
        switch event.body {
        case .attemptFailed:
            losses[job, default: Losses()].failures += 1
            losses[job]?.failure = event.sequence
        case .leaseExpired:
            losses[job, default: Losses()].crashes += 1
            losses[job]?.failure = 0
        case .jobProgressed:
            progress[job] = event.sequence
        case .jobUpdated(_, let change):
            let parts = change.parts
            guard !parts.isEmpty else { return }
            amendments[job, default: Amendments()].add(parts, event.sequence)
        case .jobRedriven:
            losses[job] = nil
            amendments[job] = Amendments(redrive: event.sequence)
        default: return
        }
    }

    /// Nobody holds the job any more.
    mutating func release(_ job: UInt64) {
        if !progress.isEmpty { progress[job] = nil }
    }

    mutating func prune(_ job: UInt64) {
        if !losses.isEmpty { losses[job] = nil }
        if !amendments.isEmpty { amendments[job] = nil }
    }
}

extension JobChange {
    /// Parts of a specification that an update replaces as a whole.
    struct Parts: OptionSet, Sendable {
        let rawValue: UInt8

        static let priority = Parts(rawValue: 1)
        static let runAt = Parts(rawValue: 2)
        static let tags = Parts(rawValue: 4)
        static let attributes = Parts(rawValue: 8)
        static let requirements = Parts(rawValue: 16)
    }

    /// None for one that only holds a job, or lets it go.
    var parts: Parts {
        var parts: Parts = []
        if priority != nil { parts.insert(.priority) }
        if runAt != nil { parts.insert(.runAt) }
        if tags != nil { parts.insert(.tags) }
        if attributes != nil { parts.insert(.attributes) }
        if requirements != nil { parts.insert(.requirements) }
        return parts
    }
}

/// What the jobs table adds to what the state knows of a job, and where in the log the rest stands.
struct JobLogHints: Sendable {
    let birth: UInt64
    let version: UInt64
    let state: JobState
    let createdAt: Timestamp
    let changedAt: Timestamp
    let attempts: UInt32
    let machine: Name?
    let wasSuggested: Bool
    let losses: JobLogPointers.Losses
    let amendments: JobLogPointers.Amendments?
    /// The last `job.progressed` while it runs.
    let progress: UInt64?
}

extension JobsModel {
    /// Of those jobs that are shown.
    func hints(of jobs: [JobID]) -> [JobID: JobLogHints] {
        var hints: [JobID: JobLogHints] = [:]
        hints.reserveCapacity(jobs.count)
        for job in jobs { hints[job] = projection.hints(of: job.rawValue) }
        return hints
    }
}

extension JobProjection {
    fileprivate func hints(of job: UInt64) -> JobLogHints? {
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
            losses: pointers.losses[job] ?? JobLogPointers.Losses(),
            amendments: pointers.amendments[job],
            progress: pointers.progress[job]
        )
    }
}
