public import Orchestration

/// Which jobs to list: those that meet all of its terms.
///
/// A term that is nil, or an empty set, lets everything through.
public struct JobFilter: Sendable, Hashable {
    /// Jobs in one of these states.
    public var states: Set<JobState>
    /// Jobs of this queue.
    public var queue: Name?
    /// Jobs of this kind.
    public var kind: Name?
    /// Jobs that have this tag now.
    public var tag: Name?
    /// Jobs that run on this machine, or ran there last.
    public var machine: Name?
    /// Jobs that this worker holds.
    public var worker: Name?
    /// Jobs that are held back, or are not.
    public var isHeld: Bool?
    /// Jobs of a group: no others than these.
    public var ids: [JobID]?
    /// Created at this moment or later.
    public var createdFrom: Timestamp?
    /// Created earlier than this.
    public var createdBefore: Timestamp?
    /// Whose state changed last at this moment or later.
    public var changedFrom: Timestamp?
    /// Whose state changed last earlier than this.
    public var changedBefore: Timestamp?

    /// A filter of the terms that are named; without any, every job meets it.
    public init(
        states: Set<JobState> = [],
        queue: Name? = nil,
        kind: Name? = nil,
        tag: Name? = nil,
        machine: Name? = nil,
        worker: Name? = nil,
        isHeld: Bool? = nil,
        ids: [JobID]? = nil,
        createdFrom: Timestamp? = nil,
        createdBefore: Timestamp? = nil,
        changedFrom: Timestamp? = nil,
        changedBefore: Timestamp? = nil
    ) {
        self.states = states
        self.queue = queue
        self.kind = kind
        self.tag = tag
        self.machine = machine
        self.worker = worker
        self.isHeld = isHeld
        self.ids = ids
        self.createdFrom = createdFrom
        self.createdBefore = createdBefore
        self.changedFrom = changedFrom
        self.changedBefore = changedBefore
    }
}

/// The order in which jobs are listed: by number, which is the order of their creation.
public enum JobOrder: Sendable, Hashable {
    /// By number, ascending.
    case oldestFirst
    /// By number, descending.
    case newestFirst
}
