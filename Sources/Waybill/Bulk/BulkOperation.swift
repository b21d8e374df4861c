public import Orchestration

/// One thing done to many jobs: in chunks, each job judged anew, at a rate, and stopped when somebody says so.
///
/// It lives in this process: when that ends, what is done is done, and the rest is as it was. Dropping the operation
/// cancels it.
public final class BulkOperation: Sendable {
    /// Jobs of one call to the sequencer at most.
    static let chunk = 1000
    /// What they may weigh together, so that others find room at the intake.
    static let chunkWeight = 4096
    /// Between two tries when the engine has no room for a moment.
    static let pause = Duration.milliseconds(100)
    /// Jobs that are read back from the log in one pass at most.
    static let recalled = 2000

    private let ledger: BulkLedger
    private let task: Task<Void, any Error>

    init(
        _ action: BulkAction,
        _ jobs: [JobID],
        _ engine: Engine,
        _ pace: BulkPace,
        _ context: CommandContext
    ) {
        let ledger = BulkLedger(total: jobs.count)
        self.ledger = ledger
        let run = BulkRun(action: action, engine: engine, context: context, pace: pace, ledger: ledger)
        task = Task { try await run.work(through: jobs) }
    }

    deinit {
        task.cancel()
    }

    /// How far it has come.
    public var progress: BulkProgress {
        get async { await ledger.progress }
    }

    /// How far it has come, each time that it has come further, until it ends; a slow reader sees the newest only.
    public func steps() -> AsyncStream<BulkProgress> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: BulkProgress.self,
            bufferingPolicy: .bufferingNewest(1)
        )
        // Who follows keeps the operation going.
        continuation.onTermination = { [self] _ in withExtendedLifetime(self) {} }
        Task { await ledger.follow(continuation) }
        return stream
    }

    /// Stops it behind the chunk that is under way.
    public func cancel() {
        task.cancel()
    }

    /// Waits for its end, by completion or by ``cancel()``.
    ///
    /// Throws ``EngineError`` when the engine stopped under it: ``progress`` says how far it had come.
    @discardableResult
    public func finished() async throws(EngineError) -> BulkProgress {
        switch await task.result {
        case .success: break
        case .failure(let error as EngineError): throw error
        case .failure: break
        }
        return await ledger.progress
    }
}

/// Where the run writes and others read.
actor BulkLedger {
    private(set) var progress: BulkProgress
    private var followers: [AsyncStream<BulkProgress>.Continuation] = []

    init(total: Int) {
        progress = BulkProgress(total: total)
    }

    /// The places of those that have to be tried again; throws what ended the engine, after all is counted.
    func record(
        _ jobs: [JobID],
        _ results: [Result<Committed<CommandResult>, EngineError>]
    ) throws(EngineError) -> [Int] {
        var again: [Int] = []
        var end: EngineError?
        for (index, result) in results.enumerated() {
            switch result {
            case .success(let committed):
                progress.done += 1
                progress.sequence = max(progress.sequence, committed.sequence)
            case .failure(.refused(let refusal)): progress.refuse(jobs[index], refusal)
            case .failure(let error) where error.isPassing: again.append(index)
            case .failure(let error): end = end ?? error
            }
        }
        if let end { throw end }
        for follower in followers { follower.yield(progress) }
        return again
    }

    func follow(_ follower: AsyncStream<BulkProgress>.Continuation) {
        follower.yield(progress)
        if progress.hasEnded { return follower.finish() }
        followers.append(follower)
    }

    func record(_ job: JobID, _ refusal: Refusal) {
        progress.refuse(job, refusal)
    }

    func end() {
        progress.hasEnded = true
        for follower in followers {
            follower.yield(progress)
            follower.finish()
        }
        followers = []
    }
}

/// What a bulk operation does to each of its jobs.
public enum BulkAction: Sendable, Hashable {
    /// Suggestions become jobs.
    case approve
    /// Suggestions are turned down.
    case reject
    /// Waiting jobs are kept from being dispatched.
    case hold
    /// Held jobs may be dispatched again.
    case unhold
    /// Waiting jobs are cancelled; the workers of running ones are asked to stop.
    case cancel
    /// Dead and cancelled jobs begin anew.
    case redrive
    /// Dead jobs are given up.
    case discard
    /// Finished jobs are shown no more.
    case prune

    /// The command for one job; redriving needs to know what the job was.
    func command(_ job: JobID, _ revival: FinishedJobSnapshot?) -> Command? {
        switch self {
        case .approve: .approve([job])
        case .reject: .reject([job])
        case .hold: .hold([job])
        case .unhold: .unhold([job])
        case .cancel: .cancel([job])
        case .redrive: revival.map { .redrive(Redrive([$0])) }
        case .discard: .discard([job])
        case .prune: .prune([job])
        }
    }
}

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

    mutating func refuse(_ job: JobID, _ refusal: Refusal) {
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
