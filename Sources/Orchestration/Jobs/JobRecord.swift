/// What memory holds of one live job.
struct JobRecord: Sendable {
    /// Stands for "no worker", "no machine".
    static let none = UInt32.max

    let id: JobID
    let specification: JobSpecification
    var lastSequence: UInt64
    /// The sequence of its creation or approval: its place among equals, kept over retries.
    var order: UInt64
    /// Ready: since when.
    ///
    /// Scheduled: until when. Running: the deadline of the lease or of the cancellation.
    var moment: Timestamp
    var token = LeaseToken(epoch: 0, counter: 0)
    var series: [SeriesTally] = []
    var attempts: UInt32 = 0
    var failures: UInt32 = 0
    var crashes: UInt32 = 0
    var worker = JobRecord.none
    var machine = JobRecord.none
    /// Where it queues when it is ready.
    let lane: UInt32
    var state: JobState
    var isCancelRequested = false
    /// How often the present lease was re-armed by an opening.
    var rearms: UInt8 = 0
}

extension JobRecord {
    var terms: JobTerms.Values { specification.storage.terms.values }
    var priority: Int32 { specification.storage.basics.priority }
    var expiresAt: Timestamp? { specification.storage.basics.expiresAt }
    var uniqueKey: String? { specification.storage.basics.uniqueKey }
    var cpuMillis: UInt64 { specification.storage.terms.values.requirements.cpuMillis }
    var lease: Span { specification.storage.terms.values.timeouts.lease }

    // Inlined so that the few fields are read where they lie, and the record is not copied.
    @inline(__always)
    func readyKey(slot: UInt32) -> ReadyKey {
        ReadyKey(priority: priority, order: order, slot: slot)
    }
}
