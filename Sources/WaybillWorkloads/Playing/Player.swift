import Orchestration
public import Waybill

/// Plays workloads through a real engine on its virtual clock, as fast as the disk allows.
///
/// At each moment: everything that is due is submitted as one group, the answers are heard, workers take what is
/// ready; then the clock moves on to the next moment. What happens is a function of the files and the options
/// alone, whatever the batches were.
public struct Player: Sendable {
    /// How a play is run.
    public struct Options: Sendable {
        /// Caps concurrent leases over all workloads; nil lets as many run as the machines hold.
        public var workers: Int?

        /// As many workers as the workload says, unless a number is given.
        public init(workers: Int? = nil) {
            self.workers = workers
        }
    }

    /// Called now and then with the steps played and the steps known.
    public typealias ProgressReport = @Sendable (_ played: Int, _ known: Int) -> Void

    static let leasesAtOnce = 1000
    static let context = CommandContext(actor: "player")

    /// Commands that the domain refused, by ``Refusal/name``; under `jobNeverCreated` those that could not be asked
    /// for, because the command that was to create their job had been refused.
    public var refusals: [String: Int] { refused.counts }
    /// The first few of these that their player didn't count on, in the order of the play.
    public var unexpectedRefusals: [UnexpectedRefusal] { refused.unexpected }
    /// How many there are of them.
    public var unexpectedRefusalCount: Int { refused.unexpectedCount }
    /// Commands submitted, refused ones included.
    public private(set) var commandCount = 0
    private let engine: Engine
    private let epoch: Timestamp
    private let options: Options
    private let progress: ProgressReport?
    private var parts: [any WorkloadPlayer]
    /// What each part is called.
    private let names: [Name]
    private var refused = RefusalAccount()
    /// Parts for whose workers there may be work.
    private var hungry: Set<Int> = []

    /// The engine's clock must be virtual and stand at ``Workload/epoch(of:)``.
    public init(_ workloads: [Workload], engine: Engine, options: Options, progress: ProgressReport? = nil) {
        self.engine = engine
        self.options = options
        self.progress = progress
        let epoch = Workload.epoch(of: workloads)
        self.epoch = epoch
        parts = workloads.map { $0.part(epoch: epoch) }
        names = workloads.map(\.name)
    }

    /// Plays until no part has anything left to do.
    public mutating func play() async throws(EngineError) {
        var moments = 0
        while let now = parts.compactMap(\.next).min() {
            try await engine.advance(to: epoch + now)
            try await playMoment(now)
            moments += 1
            if moments % 256 == 0 { report() }
        }
        for (name, part) in zip(names, parts) { refused.count(unresolved: part.unresolved, of: name) }
        report()
    }

    /// Rounds at one moment, until nothing more is due at it.
    private mutating func playMoment(_ now: TimeSpan) async throws(EngineError) {
        repeat {
            while parts.contains(where: { $0.next.map { $0 <= now } ?? false }) { try await act(now) }
            try await dispatch(now)
        } while parts.contains { $0.next.map { $0 <= now } ?? false }
    }

    /// One group: what every part that is due has to ask, then the requests for work that need no answer first.
    private mutating func act(_ now: TimeSpan) async throws(EngineError) {
        var requests: [Submission] = []
        var owners: [Int] = []
        var shares: [(part: Int, range: Range<Int>)] = []
        for index in parts.indices where parts[index].next.map({ $0 <= now }) ?? false {
            let recalls = parts[index].recalls(at: now)
            if !recalls.isEmpty { parts[index].recall(try await engine.revivals(of: recalls)) }
            let first = requests.count
            requests += parts[index].act(at: now)
            owners += [Int](repeating: index, count: requests.count - first)
            shares.append((index, first..<requests.count))
            if requests.count > first || parts[index].hasRetry { hungry.insert(index) }
        }
        let asking = shares.map(\.part).filter { mayAskAtOnce($0) }
        let asked = asking.compactMap { request(of: $0) }
        let outcomes = try await submit(
            requests + asked.map { Submission(.dispatch($0)) },
            of: owners + asking,
            at: now
        )
        for share in shares {
            parts[share.part].apply(Array(outcomes[share.range]), at: now)
            try await announceRetries(to: share.part)
        }
        for (index, (request, outcome)) in zip(asking, zip(asked, outcomes.suffix(asked.count))) {
            begin(outcome.leases, of: index, asked: request.max, at: now)
        }
    }

    /// Tells a part when the jobs that it has just failed are ready again: the engine draws jitter, so it must be asked.
    private mutating func announceRetries(to index: Int) async throws(EngineError) {
        let jobs = parts[index].retrying
        guard !jobs.isEmpty else { return }
        let dues = try await engine.inspect { state in jobs.map { state[$0]?.due } }.value
        for (job, due) in zip(jobs, dues) {
            if let due { parts[index].awaitRetry(of: job, at: due - epoch) }
        }
    }

    /// Parts that may have work take it, in their order, as far as the cap on workers lets them.
    private mutating func dispatch(_ now: TimeSpan) async throws(EngineError) {
        for index in hungry.sorted() {
            while hungry.contains(index), let request = request(of: index) {
                let outcome = try await submit([Submission(.dispatch(request))], of: [index], at: now)[0]
                begin(outcome.leases, of: index, asked: request.max, at: now)
            }
        }
    }

    /// A cap on workers is shared, so that only one part at a time may ask under it.
    private func mayAskAtOnce(_ index: Int) -> Bool {
        hungry.contains(index) && parts[index].mayAskAtOnce && request(of: index) != nil
            && (options.workers == nil || parts.count == 1)
    }

    /// What the part's workers ask for within the cap; nil when they want nothing or all are busy.
    private func request(of index: Int) -> DispatchRequest? {
        guard var request = parts[index].request else { return nil }
        request.max = min(request.max, free)
        return request.max > 0 ? request : nil
    }

    private mutating func begin(_ leases: [Lease], of index: Int, asked: Int, at now: TimeSpan) {
        for lease in leases { parts[index].begin(lease, at: now) }
        if leases.count < asked { hungry.remove(index) }
    }

    /// Leases that may still begin under the cap.
    private var free: Int {
        guard let cap = options.workers else { return Self.leasesAtOnce }
        return max(0, cap - parts.reduce(0) { $0 + $1.running })
    }

    /// `owners` says for each request whose part it is.
    private mutating func submit(
        _ requests: [Submission],
        of owners: [Int],
        at now: TimeSpan
    ) async throws(EngineError) -> [Result<Committed<CommandResult>, EngineError>] {
        guard !requests.isEmpty else { return [] }
        var outcomes: [Result<Committed<CommandResult>, EngineError>] = []
        for run in requests.runs {
            outcomes += try await engine.submit(
                each: run.map { .init($0.command) },
                by: run[run.startIndex].context
            )
        }
        commandCount += requests.count
        for (index, outcome) in outcomes.enumerated() {
            try refused.count(outcome, of: requests[index], in: names[owners[index]], at: now)
        }
        return outcomes
    }

    private func report() {
        guard let progress else { return }
        let sums = parts.reduce((played: 0, known: 0)) { sum, part in
            (sum.played + part.progress.played, sum.known + part.progress.known)
        }
        progress(sums.played, sums.known)
    }
}

extension Workload {
    func part(epoch: Timestamp) -> any WorkloadPlayer {
        switch content {
        case .jobs(let trace): TracePlayer(trace, worker: name)
        case .stations(let trace): StationPlayer(trace, queue: name, worker: name)
        case .curve(let curve): CurvePlayer(curve, worker: name, epoch: epoch)
        case .commands(let script): ScriptPlayer(script, epoch: epoch)
        }
    }
}

extension Result<Committed<CommandResult>, EngineError> {
    fileprivate var leases: [Lease] {
        guard case .success(let committed) = self, case .leases(let leases) = committed.value else {
            return []
        }
        return leases
    }
}
