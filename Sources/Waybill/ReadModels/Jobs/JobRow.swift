import Orchestration

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
    let sort: UInt32
    var state: JobState
    var cancellation: CancellationReason?
    var marks: Marks = []
}
