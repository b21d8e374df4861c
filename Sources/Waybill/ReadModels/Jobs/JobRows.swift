import DequeModule
import Orchestration

/// The rows of all jobs by their dense numbers, in chunks of 256.
///
/// A chunk whose jobs are all pruned is dropped, so that memory follows the jobs that are shown.
struct JobRows {
    static let chunkRows: UInt64 = 256

    private final class Chunk {
        var rows: [JobRow] = []
        /// Rows that are not pruned.
        var shown = 0
        /// When a row of it last changed its state.
        var lastChange = Int64.min
    }

    private struct Slot {
        /// Nil once all its jobs are pruned.
        var chunk: Chunk?
        /// When its first job was created; later chunks' jobs were not created earlier.
        let born: Int64
    }

    private var slots: Deque<Slot> = []
    /// The number of the first slot's chunk.
    private var base: UInt64 = 0
    /// The number that the next job gets; numbers begin at 1.
    private(set) var end: UInt64 = 1
    /// Rows that are not pruned.
    private(set) var shown = 0

    /// Nil for a job that was pruned or never was.
    func row(_ job: UInt64) -> JobRow? {
        guard let row = rowEverShown(job), !row.marks.contains(.pruned) else { return nil }
        return row
    }

    /// Of a pruned job too, as it was then, as long as one of its chunk is shown.
    func rowEverShown(_ job: UInt64) -> JobRow? {
        chunk(of: job).map { $0.rows[offset(job)] }
    }

    /// The row must be that of job ``end``.
    mutating func append(_ row: JobRow) {
        if end % Self.chunkRows == 0 || slots.isEmpty {
            let chunk = Chunk()
            chunk.rows.reserveCapacity(Int(Self.chunkRows))
            slots.append(Slot(chunk: chunk, born: row.created))
        }
        let chunk = slots[slots.count - 1].chunk ?? Chunk()
        chunk.rows.append(row)
        chunk.shown += 1
        chunk.lastChange = row.changed
        end += 1
        shown += 1
    }

    /// Of a job that is shown.
    mutating func set(_ job: UInt64, _ row: JobRow) {
        guard let chunk = chunk(of: job) else { return }
        chunk.rows[offset(job)] = row
        chunk.lastChange = max(chunk.lastChange, row.changed)
    }

    /// Of a job that is shown.
    mutating func prune(_ job: UInt64) {
        guard let chunk = chunk(of: job) else { return }
        chunk.rows[offset(job)].marks.insert(.pruned)
        chunk.shown -= 1
        shown -= 1
        guard chunk.shown == 0, (job | Self.chunkRows - 1) < end else { return }
        slots[Int(job / Self.chunkRows - base)].chunk = nil
        while slots.count > 1, slots[0].chunk == nil {
            slots.removeFirst()
            base += 1
        }
    }

    /// Whether a job near this one, in the same chunk, changed its state at this moment or later.
    func mayHaveChanged(_ job: UInt64, since moment: Int64) -> Bool {
        chunk(of: job).map { $0.lastChange >= moment } ?? false
    }

    /// When the first job of a chunk was created, and when one of it last changed its state; nil when all are pruned.
    func times(ofChunk index: UInt64) -> (born: Int64, lastChange: Int64)? {
        guard index >= base, index - base < UInt64(slots.count) else { return nil }
        let slot = slots[Int(index - base)]
        return slot.chunk.map { (slot.born, $0.lastChange) }
    }

    /// The first job that was created at this moment or later, or one before it whose rows are gone.
    func firstJob(createdFrom moment: Timestamp) -> UInt64 {
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle].born < moment.nanoseconds { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return max(1, base * Self.chunkRows) }
        let first = (base + UInt64(low) - 1) * Self.chunkRows
        guard let rows = slots[low - 1].chunk?.rows else { return first + Self.chunkRows }
        var (from, to) = (0, rows.count)
        while from < to {
            let middle = (from + to) / 2
            if rows[middle].created < moment.nanoseconds { from = middle + 1 } else { to = middle }
        }
        return first + UInt64(from) + (first == 0 ? 1 : 0)
    }

    private func chunk(of job: UInt64) -> Chunk? {
        guard job > 0, job < end, job / Self.chunkRows >= base else { return nil }
        return slots[Int(job / Self.chunkRows - base)].chunk
    }

    /// Number 0 is no job: the first chunk is one row shorter.
    private func offset(_ job: UInt64) -> Int {
        Int(job < Self.chunkRows ? job - 1 : job % Self.chunkRows)
    }
}

/// What the jobs table holds of one job, running or ended: 48 bytes.
struct JobRow {
    struct Marks: OptionSet {
        let rawValue: UInt8

        static let held = Marks(rawValue: 1)
        static let pruned = Marks(rawValue: 2)
        /// Has tags, which stand in the index.
        static let tagged = Marks(rawValue: 4)
        /// Was on a machine, which stands in the index.
        static let placed = Marks(rawValue: 8)
        /// Asks, or once asked, for part of a machine.
        static let asking = Marks(rawValue: 16)
        /// Began as a suggestion.
        static let suggested = Marks(rawValue: 32)
        /// Has tasks, or is one.
        static let kin = Marks(rawValue: 64)
    }

    /// The sequence of its first event.
    let birth: UInt64
    let created: Int64
    var changed: Int64
    var version: UInt64
    var priority: Int32
    var attempts: UInt32
    /// The number of its queue and kind in ``QueueKindTable``.
    let queueKind: UInt32
    var state: JobState
    var cancellation: CancellationReason?
    var marks: Marks = []
}
