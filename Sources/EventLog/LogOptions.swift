private import CLZ4

/// How a log is opened for writing.
public struct LogOptions: Sendable {
    /// When an append counts as done.
    public var durability: Durability
    /// Sizes of segments and batches, in bytes.
    public var limits: LogLimits
    /// Source of the random ids of the log and of its segments.
    package var entropy: @Sendable () -> UInt64 = Self.random
    /// Written into `LOCK`, so that a second writer can name the first.
    package var processID = RealDisk.processID
    /// The highest sequence that a verified snapshot or checkpoint proves; a log that ends before it is refused.
    package var provenThrough: UInt64 = 0

    /// Options that differ from the safe defaults in what is named.
    public init(durability: Durability = .commit, limits: LogLimits = LogLimits()) {
        self.durability = durability
        self.limits = limits
    }

    /// The same for a simulated or a foreign process.
    package init(
        durability: Durability = .commit,
        limits: LogLimits = LogLimits(),
        entropy: @escaping @Sendable () -> UInt64 = Self.random,
        processID: Int32
    ) {
        self.init(durability: durability, limits: limits)
        self.entropy = entropy
        self.processID = processID
    }

    package static let random: @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) }

    /// An id: random, and never 0, which stands for "none" in the format.
    func newID() -> UInt64 {
        let value = entropy()
        return value == 0 ? 1 : value
    }
}

/// When an appended batch counts as durable.
public enum Durability: UInt8, Sendable, Hashable {
    /// After `fdatasync`. The default.
    case commit = 1
    /// After the write: a killed process loses nothing, a power cut may lose the end. For tests and imports.
    case none = 2
}

/// How large things may become; every limit follows from the size of a segment.
///
/// So a simulated log with 64 KiB segments meets the same borders as a real one with 64 MiB.
public struct LogLimits: Sendable, Hashable {
    /// The smallest and the largest segment, in bytes; lengths in the format are 32 bits wide.
    static let segmentRange = (64 << 10)...(1 << 30)

    /// Most bytes of one segment file, headers and fill included.
    ///
    /// A footer may go beyond.
    public let segmentBytes: Int

    /// Limits that follow from the size of a segment, 64 KiB…1 GiB; another size is a mistake of the caller.
    public init(segmentBytes: Int = 64 << 20) {
        precondition(
            Self.segmentRange.contains(segmentBytes),
            "a segment has from 64 KiB to 1 GiB, not \(segmentBytes) bytes"
        )
        self.segmentBytes = segmentBytes
        precondition(payloadBytes < commandBytes && commandBytes < batchBytes, "a batch holds its commands")
        precondition(
            SegmentHeader.end + 2 * reserveBytes <= segmentBytes,
            "a segment holds two of the largest batches"
        )
    }

    /// Most raw payload bytes of one batch, before compression.
    public var batchBytes: Int { segmentBytes / 8 }
    /// Most encoded bytes of the events of one command.
    public var commandBytes: Int { segmentBytes / 16 }
    /// Most bytes of one job's payload.
    public var payloadBytes: Int { segmentBytes / 256 }

    /// Most bytes of a batch's LZ4 frame.
    var frameBytes: Int { LZ4Frame.bound(batchBytes) }
    /// Kept free behind the last batch: close mark, epoch header and the pads that follow them.
    static let closingBytes = 256
    /// What is filled before a batch is decided: the largest write, and the reserve for closing.
    ///
    /// One fill step,
    /// too, so that no crash under `commit` damages more than this many bytes.
    var reserveBytes: Int { BatchHeader.longest + frameBytes + 2 * Pad.headerBytes + Self.closingBytes }
}
