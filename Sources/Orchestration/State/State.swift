/// Everything that decides what may happen next: the fold of all events so far.
///
/// A value: pure, synchronous, without clock, disk or chance. ``decide(_:_:at:entropy:into:)`` says what a command
/// would write, ``apply(_:)`` makes it so, live and in replay alike. Copies share what they don't change, but the
/// first changes after a copy pay for it.
public struct State: Sendable {
    /// What commands are held to.
    public let limits: CoreLimits
    /// Of the newest event; 0 before the first.
    public internal(set) var lastSequence: UInt64 = 0
    /// Of the newest event; time never goes back.
    public internal(set) var lastTime = Timestamp.zero
    /// Of the newest `engine.opened`; 0 before the first.
    public internal(set) var epoch: UInt64 = 0
    /// What times are made of; nil before the first epoch.
    public internal(set) var clock: ClockKind?

    var jobs = JobTable()
    var ready = ReadyJobs()
    var timers = ChunkedSortedSet<TimerKey>()
    var queues = QueueTable()
    /// Queues that wait for a token.
    var refills = ChunkedSortedSet<Refill>()
    var machines = MachineTable()
    var workers = WorkerTable()
    /// Running jobs by the counter of their lease token.
    var leases = BranchedDictionary<UInt64, UInt32>()
    var unique = UniqueTable()
    var idempotency = IdempotencyTable()
    /// Jobs by a job that they wait for.
    var children = BranchedDictionary<JobID, [JobID]>()
    /// By the job that they are tasks of, until that succeeds or is pruned.
    var tasks = BranchedDictionary<JobID, TaskRecord>()
    /// Tasks that died or were cancelled, and neither live again nor are pruned, with the job that they are tasks of.
    var failedTasks = BranchedDictionary<JobID, JobID>()
    /// Of open jobs that began with one; most don't.
    var traceparents = BranchedDictionary<JobID, String>()
    /// Finished jobs that will be forgotten.
    var prunes = PruneTable()
    /// Counts what may let a waiting dispatch be served; beside the state, in no digest.
    package internal(set) var availability: UInt64 = 0
    /// Names of files whose quarantine is recorded.
    var quarantined: Set<Name> = []

    /// The state before the first event.
    public init(limits: CoreLimits = .init()) {
        self.limits = limits
    }
}

extension State {
    /// A copy to decide ahead on, which never remembers a key.
    ///
    /// What changes in it costs a chunk of each table that changes, and a reference for every other chunk: with a
    /// million jobs that wait a tenth of a millisecond or two, and no more with keys, traces and limits of all kinds.
    var branch: State {
        var branch = self
        branch.idempotency = IdempotencyTable()
        branch.idempotency.isOn = false
        branch.ready.branch()
        branch.leases.branch()
        branch.unique.branch()
        branch.children.branch()
        branch.tasks.branch()
        branch.failedTasks.branch()
        branch.traceparents.branch()
        branch.prunes.branch()
        return branch
    }
}
