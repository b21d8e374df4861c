public import Orchestration

/// How far a bulk operation has come.
public struct BulkProgress: Sendable, Hashable {
    /// Jobs that it was begun with.
    public let total: Int
    /// Jobs to which it was done.
    public internal(set) var done = 0
    /// Jobs that were refused, because they had changed since they were chosen.
    public internal(set) var refused = 0
    /// The first of them, each with its reason.
    public internal(set) var refusals: [BulkRefusal] = []
    /// The last sequence that it wrote; 0 before that.
    public internal(set) var sequence: UInt64 = 0
    /// Nothing more will be done.
    public internal(set) var hasEnded = false

    /// Jobs that were not tried yet, or never will be when it was cancelled.
    public var left: Int { total - done - refused }

    /// So many refusals are kept.
    static let keptRefusals = 100

    init(total: Int) {
        self.total = total
    }

    mutating func note(_ job: JobID, _ refusal: Refusal) {
        refused += 1
        if refusals.count < Self.keptRefusals { refusals.append(BulkRefusal(job: job, reason: refusal)) }
    }
}

/// A job that a bulk operation passed over.
public struct BulkRefusal: Sendable, Hashable {
    /// The job.
    public let job: JobID
    /// Why the engine refused it.
    public let reason: Refusal
}
