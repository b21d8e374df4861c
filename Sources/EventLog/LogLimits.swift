private import CLZ4

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
            SegmentHeader.end + 2 * roomBytes <= segmentBytes,
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
    var roomBytes: Int { BatchHeader.longest + frameBytes + 2 * Pad.headerBytes + Self.closingBytes }
}
