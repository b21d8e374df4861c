/// What memory holds of one live job.
struct JobRecord: Sendable {
    /// Stands for "no worker", "no machine".
    static let none = UInt32.max

    let id: JobID
    var specification: JobSpecification
    var lastSequence: UInt64
    /// The sequence of its creation, approval or redrive: its place among equals, kept over retries.
    var order: UInt64
    /// The time of that event.
    var since: Timestamp
    /// Ready: since when.
    ///
    /// Scheduled: until when. Running: the deadline of the lease, heartbeats apart, or of the cancellation. Blocked and
    /// decided: since when.
    var moment: Timestamp
    /// Where it stands, or stood last, among the ready ones.
    var rank: Int64
    var token = LeaseToken.absent
    /// Of the present attempt: when it began, and how long its lease is.
    var started = Timestamp.zero
    var leaseLength = TimeSpan.zero
    /// The last heartbeat of the present lease; kept beside the state, in no digest.
    var lastHeartbeat = Timestamp.zero
    var series: [SeriesTally] = []
    var parents = ParentTally()
    var attempts: UInt32 = 0
    var failures: UInt32 = 0
    var crashes: UInt32 = 0
    var worker = JobRecord.none
    var machine = JobRecord.none
    /// The ready jobs of its queue and kind.
    let set: UInt32
    /// Whether its specification bounds its time at all; most don't, and need no timer for it.
    let isBounded: Bool
    var state: JobState
    var isCancelRequested = false
    var isHeld = false
    /// How often the present lease was re-armed by an opening without a heartbeat since.
    var rearms: UInt8 = 0

    init(
        id: JobID,
        specification: JobSpecification,
        lastSequence: UInt64,
        order: UInt64,
        since: Timestamp,
        rank: Int64,
        set: UInt32,
        state: JobState
    ) {
        self.id = id
        self.specification = specification
        self.lastSequence = lastSequence
        self.order = order
        self.since = since
        moment = since
        self.rank = rank
        self.set = set
        self.state = state
        let timeouts = specification.storage.terms.values.timeouts
        isBounded =
            specification.storage.basics.expiresAt != nil || timeouts.run != nil || timeouts.total != nil
    }
}

extension JobRecord {
    var terms: JobTerms.Values { specification.storage.terms.values }
    var priority: Int32 { specification.storage.basics.priority }
    /// The job that it is a task of.
    var parent: JobID? {
        let parent = specification.storage.basics.parent
        return parent == 0 ? nil : JobID(parent)
    }
    var hasTasks: Bool {
        let terms = specification.storage.terms
        return terms !== JobTerms.standard && terms.values.taskCount > 0
    }
    var uniqueKey: Name? { specification.storage.basics.uniqueKey }
    var concurrencyKey: Name? {
        let terms = specification.storage.terms
        return terms === JobTerms.standard ? nil : terms.values.concurrencyKey
    }
    var cpuMillis: UInt64 { specification.storage.terms.values.requirements.cpuMillis }

    /// When all of it has to be over.
    var totalEnd: Timestamp? {
        specification.storage.terms.values.timeouts.total.map { since + $0 }
    }

    /// When the present lease ends.
    ///
    /// A heartbeat extends it, unless the worker was told to stop.
    var deadline: Timestamp {
        isCancelRequested || lastHeartbeat == .zero ? moment : max(moment, lastHeartbeat + leaseLength)
    }

    // Inlined so that the few fields are read where they lie, and the record is not copied.
    @inline(__always)
    func readyKey(slot: UInt32) -> ReadyKey {
        ReadyKey(rank: rank, order: order, slot: slot)
    }
}
