public import Orchestration

/// One file, read: what to play, relative to its own beginning, and what became of every line.
///
/// Time zero of a workload is its first arrival (HPC, images, CI), first snapshot (stations), the start of the run
/// (curves), second 0 or the first date (command scripts). Several workloads played together all start at zero of one virtual clock;
/// see ``epoch(of:)`` for the moment that this clock shows at zero.
public struct Workload: Sendable {
    /// The file's name without folder, `.gz` and extension; names machine, queue and job.
    public var name: Name
    /// What the file is.
    public var format: WorkloadFormat
    /// The real moment of time zero, where the file says it.
    public var start: Timestamp?
    /// What became of its lines.
    public var account: LineAccount
    /// What a reader assumed because the file doesn't say it, for people.
    public var assumptions: [String]
    /// Other files that were read for it, such as a list of stations.
    public var sideFiles: [SideFile] = []
    /// What is played.
    package var content: Content

    /// A file that says something about a workload and is not played itself.
    public struct SideFile: Sendable {
        /// Where it lies.
        public let path: String
        /// What became of its lines.
        public let account: LineAccount
    }

    package enum Content: Sendable {
        case jobs(JobTrace)
        case stations(StationTrace)
        case curve(Curve)
        case commands(CommandScript)
    }

    init(
        name: Name,
        format: WorkloadFormat,
        start: Timestamp?,
        account: LineAccount,
        content: Content,
        assumptions: [String] = []
    ) {
        self.name = name
        self.format = format
        self.start = start
        self.account = account
        self.content = content
        self.assumptions = assumptions
    }

    /// What the common virtual clock shows at zero: the first workload's real start, in the order given by the
    /// caller; the Unix epoch where no workload knows one.
    ///
    /// So a trace replayed alone carries its own dates, and the same files in the same order always carry the
    /// same ones.
    public static func epoch(of workloads: [Workload]) -> Timestamp {
        workloads.lazy.compactMap(\.start).first ?? .zero
    }

    /// When the last thing of this workload is due; what runs then may end later.
    public var length: TimeSpan {
        switch content {
        case .jobs(let trace): trace.lastArrival
        case .stations(let trace): trace.snapshots.last?.at ?? .zero
        case .curve(let curve): curve.duration
        case .commands(let script): script.steps.last?.at ?? .zero
        }
    }
}
