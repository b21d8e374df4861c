/// Every job by its dense number: a live one with its record, a finished one with eight bytes.
///
/// Records live in slots that are used again.
struct JobTable: Sendable {
    /// Fills a slot that is free, so that nothing of the finished job stays in memory.
    private static let vacant = JobRecord(
        id: JobID(0),
        specification: JobSpecification(kind: ""),
        lastSequence: 0,
        order: 0,
        since: .zero,
        rank: 0,
        set: 0,
        state: .cancelled
    )

    private var entries = ChunkedArray<JobEntry>()
    private var records = ChunkedArray<JobRecord>()
    private var free = ChunkedArray<UInt32>()

    /// Jobs that were ever created; the next one gets this number plus one.
    var count: UInt64 { UInt64(entries.count) }
    var liveCount: Int { records.count - free.count }
    var nextID: JobID { JobID(count + 1) }

    /// The record in a slot that is in use.
    subscript(slot: UInt32) -> JobRecord {
        _read { yield records[Int(slot)] }
        _modify { yield &records[Int(slot)] }
    }

    /// Several changes of one record at the price of one look-up.
    mutating func change(_ slot: UInt32, _ body: (inout JobRecord) -> Void) {
        body(&self[slot])
    }

    /// Nil for a number that was never assigned.
    func entry(_ job: JobID) -> JobEntry? {
        guard job.rawValue > 0, job.rawValue <= count else { return nil }
        return entries[Int(job.rawValue - 1)]
    }

    /// The slot of a live job.
    func slot(_ job: JobID) -> UInt32? {
        entry(job)?.slot
    }

    /// The record's job must be ``nextID``.
    mutating func append(_ record: JobRecord) -> UInt32 {
        precondition(record.id == nextID, "job numbers are dense")
        let slot = allocateSlot(record)
        entries.append(JobEntry(slot: slot))
        return slot
    }

    /// Forgets the record and keeps the outcome.
    mutating func finish(_ slot: UInt32, as outcome: FinishedJob) {
        set(self[slot].id, JobEntry(outcome))
        self[slot] = Self.vacant
        free.append(slot)
    }

    /// Another outcome for a job that has ended.
    mutating func close(_ job: JobID, as outcome: FinishedJob) {
        set(job, JobEntry(outcome))
    }

    /// Forgets how a job ended.
    mutating func prune(_ job: JobID) {
        set(job, .pruned)
    }

    /// A job that had ended is live again.
    mutating func revive(_ record: JobRecord) -> UInt32 {
        let slot = allocateSlot(record)
        set(record.id, JobEntry(slot: slot))
        return slot
    }

    private mutating func set(_ job: JobID, _ entry: JobEntry) {
        entries[Int(job.rawValue - 1)] = entry
    }

    private mutating func allocateSlot(_ record: JobRecord) -> UInt32 {
        if let slot = free.popLast() {
            self[slot] = record
            return slot
        }
        records.append(record)
        return UInt32(records.count - 1)
    }
}

/// Eight bytes for one job number: the slot of a live job, or how and where in the log a finished one ended.
///
/// The high byte is 0 for a live job, 255 for one that was pruned, else state in the low four bits and reason in the
/// high four; below it 56 bits of slot or sequence.
struct JobEntry: Sendable, Hashable {
    private static var mask: UInt64 { (1 << 56) - 1 }

    static let pruned = JobEntry(rawValue: 255 << 56)

    let rawValue: UInt64

    private init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    init(slot: UInt32) {
        rawValue = UInt64(slot)
    }

    init(_ outcome: FinishedJob) {
        let tag = outcome.state.rawValue | (outcome.reason?.rawValue ?? 0) << 4
        rawValue = UInt64(tag) << 56 | (outcome.lastSequence & Self.mask)
    }

    /// Nil for a finished job.
    var slot: UInt32? {
        rawValue >> 56 == 0 ? UInt32(truncatingIfNeeded: rawValue) : nil
    }

    var isPruned: Bool { self == .pruned }

    /// Nil for a live job and for one that was pruned.
    var outcome: FinishedJob? {
        let tag = UInt8(truncatingIfNeeded: rawValue >> 56)
        guard let state = JobState(rawValue: tag & 15) else { return nil }
        return FinishedJob(
            state: state,
            reason: CancellationReason(rawValue: tag >> 4),
            lastSequence: rawValue & Self.mask
        )
    }
}
