/// What a caller says of a job when it is created or suggested.
///
/// Opaque to the engine where it can be: the payload is bytes with a content type.
public struct JobSpecification: Hashable, Sendable {
    /// What sort of work it is; workers may take only some kinds.
    public var kind: String
    public var queue: String
    public var payload: [UInt8]
    public var contentType: String
    /// Higher runs first; 0 is usual.
    public var priority: Int32
    /// Not before this moment.
    public var runAt: Timestamp?
    /// A job that is still proposed or waiting at this moment is cancelled with reason `expired`.
    public var expiresAt: Timestamp?
    public var tags: [String]
    /// Free key/value texts, kept in the order of their keys.
    public var attributes: [String: String]
    /// While a job with this key is open, another one is refused as a duplicate.
    public var uniqueKey: String?
    public var concurrencyKey: String?
    public var fairnessKey: String?
    public var fairnessWeight: UInt32
    public var requirements: Requirements
    public var retry: RetryPolicy
    public var timeouts: Timeouts
    /// For suggestions: who proposed it, and how sure the source is (0…1).
    public var source: String?
    public var confidence: Double?

    public init(
        kind: String,
        queue: String = "default",
        payload: [UInt8] = [],
        contentType: String = "",
        priority: Int32 = 0,
        runAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil,
        tags: [String] = [],
        attributes: [String: String] = [:],
        uniqueKey: String? = nil,
        concurrencyKey: String? = nil,
        fairnessKey: String? = nil,
        fairnessWeight: UInt32 = 1,
        requirements: Requirements = Requirements(),
        retry: RetryPolicy = RetryPolicy(),
        timeouts: Timeouts = Timeouts(),
        source: String? = nil,
        confidence: Double? = nil
    ) {
        self.kind = kind
        self.queue = queue
        self.payload = payload
        self.contentType = contentType
        self.priority = priority
        self.runAt = runAt
        self.expiresAt = expiresAt
        self.tags = tags
        self.attributes = attributes
        self.uniqueKey = uniqueKey
        self.concurrencyKey = concurrencyKey
        self.fairnessKey = fairnessKey
        self.fairnessWeight = fairnessWeight
        self.requirements = requirements
        self.retry = retry
        self.timeouts = timeouts
        self.source = source
        self.confidence = confidence
    }
}

/// What a job needs of a machine. Only `cpuMillis` and `machine` decide a dispatch so far; the rest is recorded.
public struct Requirements: Hashable, Sendable {
    /// Thousandths of a processor; 0 asks for nothing.
    public var cpuMillis: UInt64
    public var memoryMegabytes: UInt64
    /// Thousandths of one device, asked of each of `gpuDevices` devices.
    public var gpuMillis: UInt64
    public var gpuDevices: UInt64
    /// Acceptable models; empty accepts any.
    public var gpuModels: [String]
    public var labels: [String]
    /// The one machine that may run it.
    public var machine: String?

    public init(
        cpuMillis: UInt64 = 0,
        memoryMegabytes: UInt64 = 0,
        gpuMillis: UInt64 = 0,
        gpuDevices: UInt64 = 0,
        gpuModels: [String] = [],
        labels: [String] = [],
        machine: String? = nil
    ) {
        self.cpuMillis = cpuMillis
        self.memoryMegabytes = memoryMegabytes
        self.gpuMillis = gpuMillis
        self.gpuDevices = gpuDevices
        self.gpuModels = gpuModels
        self.labels = labels
        self.machine = machine
    }
}

/// When a failed attempt is tried again: `min(cap, base × factor^(failures − 1))`, spread by the jitter drawn.
public struct RetryPolicy: Hashable, Sendable {
    /// Failures allowed before the job is dead; at least 1.
    public var maxAttempts: UInt32
    /// Crashes (expired leases) allowed on top; 0 means that the first crash is the end.
    public var maxCrashes: UInt32
    public var base: Span
    public var factor: Double
    public var cap: Span
    /// 0…1: the share of the delay that the jitter may take away.
    public var jitter: Double
    /// An attempt that fails with one of these error types is not retried.
    public var nonRetryable: [String]

    public init(
        maxAttempts: UInt32 = 5,
        maxCrashes: UInt32 = 3,
        base: Span = .seconds(1),
        factor: Double = 2,
        cap: Span = .seconds(3600),
        jitter: Double = 0.2,
        nonRetryable: [String] = []
    ) {
        self.maxAttempts = maxAttempts
        self.maxCrashes = maxCrashes
        self.base = base
        self.factor = factor
        self.cap = cap
        self.jitter = jitter
        self.nonRetryable = nonRetryable
    }
}

/// How long things may last. `lease` decides so far; `run` and `total` are recorded.
public struct Timeouts: Hashable, Sendable {
    /// A lease's length; also how long a cancelled worker has before it is forced.
    public var lease: Span
    public var run: Span?
    public var total: Span?

    public init(lease: Span = .seconds(60), run: Span? = nil, total: Span? = nil) {
        self.lease = lease
        self.run = run
        self.total = total
    }
}
