/// Every job by its dense number: a live one with its record, a finished one with eight bytes.
///
/// Records live in slots that are used again. Both arrays are chunked, so that growth never moves what is there
/// and a copy of the state shares all chunks that don't change.
struct JobTable: Sendable {
    private static var chunk: Int { 1024 }
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

    private var entries: [[JobEntry]] = []
    private var records: [[JobRecord]] = []
    private var free: [UInt32] = []
    private var slots: UInt32 = 0
    /// Jobs that were ever created; the next one gets this number plus one.
    private(set) var count: UInt64 = 0

    var liveCount: Int { Int(slots) - free.count }
    var nextID: JobID { JobID(count + 1) }

    /// The record in a slot that is in use.
    subscript(slot: UInt32) -> JobRecord {
        _read { yield records[Int(slot) / Self.chunk][Int(slot) % Self.chunk] }
        _modify { yield &records[Int(slot) / Self.chunk][Int(slot) % Self.chunk] }
    }

    /// Several changes of one record at the price of one look-up.
    mutating func change(_ slot: UInt32, _ body: (inout JobRecord) -> Void) {
        body(&self[slot])
    }

    /// Nil for a number that was never assigned.
    func entry(_ job: JobID) -> JobEntry? {
        guard job.rawValue > 0, job.rawValue <= count else { return nil }
        let index = Int(job.rawValue - 1)
        return entries[index / Self.chunk][index % Self.chunk]
    }

    /// The slot of a live job.
    func slot(_ job: JobID) -> UInt32? {
        entry(job)?.slot
    }

    /// The record's job must be ``nextID``.
    mutating func append(_ record: JobRecord) -> UInt32 {
        precondition(record.id == nextID, "job numbers are dense")
        let slot = takeSlot(record)
        if count % UInt64(Self.chunk) == 0 {
            entries.append([])
            entries[entries.count - 1].reserveCapacity(Self.chunk)
        }
        entries[entries.count - 1].append(JobEntry(slot: slot))
        count += 1
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
        let slot = takeSlot(record)
        set(record.id, JobEntry(slot: slot))
        return slot
    }

    private mutating func set(_ job: JobID, _ entry: JobEntry) {
        let index = Int(job.rawValue - 1)
        entries[index / Self.chunk][index % Self.chunk] = entry
    }

    private mutating func takeSlot(_ record: JobRecord) -> UInt32 {
        if let slot = free.popLast() {
            self[slot] = record
            return slot
        }
        if slots % UInt32(Self.chunk) == 0 {
            records.append([])
            records[records.count - 1].reserveCapacity(Self.chunk)
        }
        records[records.count - 1].append(record)
        slots += 1
        return slots - 1
    }
}
