/// Everything that callers can ask of the engine to change.
public enum Command: Sendable, Hashable {
    case create(JobSpecification)
    /// All or none.
    case createMany([JobSpecification])
    case suggest(JobSpecification)
    /// All or none.
    case approve([JobID])
    /// All or none.
    case reject([JobID])
    case dispatch(Dispatch)
    case complete(Holder, result: Payload)
    /// Independent of each other: an outcome each.
    case completeMany([Completion])
    case fail(Holder, Failure)
    case cancel(JobID)
    case addPoints(JobID, series: String, points: [Point])
    case registerMachine(MachineSpecification)
    case setMachineStatus(name: String, MachineStatus)
}

/// Who asks, and what goes into every event that the command causes.
///
/// Immutable, so that many commands share one.
public final class CommandContext: Sendable, Hashable {
    /// The principal who asks.
    public let actor: String
    /// Recorded with the events; not yet honoured: the same key twice is two commands.
    public let idempotencyKey: String?
    public let reason: String?
    /// W3C `traceparent`, handed on to the worker.
    public let traceparent: String?
    /// For commands on one job: refused with `versionConflict` unless the job's last sequence is this.
    public let expectedVersion: UInt64?

    public init(
        actor: String,
        idempotencyKey: String? = nil,
        reason: String? = nil,
        traceparent: String? = nil,
        expectedVersion: UInt64? = nil
    ) {
        self.actor = actor
        self.idempotencyKey = idempotencyKey
        self.reason = reason
        self.traceparent = traceparent
        self.expectedVersion = expectedVersion
    }

    public static func == (left: CommandContext, right: CommandContext) -> Bool {
        left === right
            || (left.actor == right.actor && left.idempotencyKey == right.idempotencyKey
                && left.reason == right.reason && left.traceparent == right.traceparent
                && left.expectedVersion == right.expectedVersion)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(actor)
        hasher.combine(idempotencyKey)
    }
}

/// A worker's request for work.
public struct Dispatch: Sendable, Hashable {
    public var worker: String
    /// Empty takes from every queue.
    public var queues: [String]
    /// Empty takes every kind.
    public var kinds: [String]
    /// At most this many leases; at least 1.
    public var max: Int
    /// The machine that the worker runs on; jobs without a machine of their own are charged to it.
    public var machine: String?

    public init(
        worker: String,
        queues: [String] = [],
        kinds: [String] = [],
        max: Int = 1,
        machine: String? = nil
    ) {
        self.worker = worker
        self.queues = queues
        self.kinds = kinds
        self.max = max
        self.machine = machine
    }
}

/// Who speaks for a running job: the bearer of a token, or whoever holds the job now.
public enum Holder: Sendable, Hashable {
    case lease(LeaseToken)
    case job(JobID)
}

/// Bytes with a content type; both empty when there is nothing.
public struct Payload: Sendable, Hashable {
    public var bytes: [UInt8]
    public var contentType: String

    public init(_ bytes: [UInt8] = [], contentType: String = "") {
        self.bytes = bytes
        self.contentType = contentType
    }
}

public struct Completion: Sendable, Hashable {
    public var holder: Holder
    public var result: Payload

    public init(_ holder: Holder, result: Payload = Payload()) {
        self.holder = holder
        self.result = result
    }
}

/// Why an attempt failed.
public struct Failure: Sendable, Hashable {
    /// A short class of error, compared with ``RetryPolicy/nonRetryable``.
    public var type: String
    public var message: String
    /// False ends the job whatever its policy says.
    public var isRetryable: Bool

    public init(type: String, message: String = "", isRetryable: Bool = true) {
        self.type = type
        self.message = message
        self.isRetryable = isRetryable
    }
}

/// One point of a convergence curve.
public struct Point: Sendable {
    public var step: UInt64
    public var time: Timestamp
    /// NaN and infinities are kept, and flagged by ``isFinite``.
    public var value: Double

    public init(step: UInt64, time: Timestamp, value: Double) {
        self.step = step
        self.time = time
        self.value = value
    }

    public var isFinite: Bool { value.isFinite }
}

/// Equal bit by bit, so that a NaN equals itself and replay can be compared.
extension Point: Hashable {
    public static func == (left: Point, right: Point) -> Bool {
        left.step == right.step && left.time == right.time && left.value.bitPattern == right.value.bitPattern
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(step)
        hasher.combine(value.bitPattern)
    }
}

/// A machine that jobs are placed on.
public struct MachineSpecification: Sendable, Hashable {
    public var name: String
    public var cpuMillis: UInt64
    public var memoryMegabytes: UInt64
    public var gpuDevices: UInt64
    public var gpuModel: String
    public var labels: [String]
    public var attributes: [String: String]

    public init(
        name: String,
        cpuMillis: UInt64,
        memoryMegabytes: UInt64 = 0,
        gpuDevices: UInt64 = 0,
        gpuModel: String = "",
        labels: [String] = [],
        attributes: [String: String] = [:]
    ) {
        self.name = name
        self.cpuMillis = cpuMillis
        self.memoryMegabytes = memoryMegabytes
        self.gpuDevices = gpuDevices
        self.gpuModel = gpuModel
        self.labels = labels
        self.attributes = attributes
    }
}

/// What is stored of a machine's condition; busy is derived from its leases.
public enum MachineStatus: UInt8, CaseIterable, Sendable {
    case available = 1
    case cordoned = 2
    case maintenance = 3
}
