/// The beginning of every segment: an empty LZ4 frame, so that the file's type is known, then this skippable frame.
///
///     0   11 bytes  the empty LZ4 frame
///     11  u32 magic, u32 length = 85, u32 CRC-32C (unsalted: the ids are not known yet)
///     23  u16 format · 25 u16 minimum reader
///     27  u64 log id · 35 u64 segment id · 43 u64 epoch · 51 u64 first sequence
///     59  u64 previous segment's id · 67 u64 end of its last batch · 75 i64 time of that batch (ns)
///     83  u32 that batch's chained frame checksum · 87 u8 durability · 88 3 zeros
///     91  u64 segment limit in bytes · 99 5 zeros
///     104 the first record
///
/// Place, length field and checksum stay where they are in every later format, so that an old reader can name
/// the version it lacks.
struct SegmentHeader: Equatable {
    static let format: UInt16 = 0
    /// LZ4 frame format: magic, flags 0x60, block descriptor 0x40, header checksum, end mark.
    static let emptyFrame: [UInt8] = [0x04, 0x22, 0x4D, 0x18, 0x60, 0x40, 0x82, 0, 0, 0, 0]
    static let end = 104
    /// Epochs and sequences that a writer can have reached; the margin keeps sums from overflowing.
    static let countRange: ClosedRange<UInt64> = 1...(1 << 62)
    private static let frameBytes = end - emptyFrame.count

    /// Where the segment before this one ends; all zero in the first segment.
    struct Previous: Equatable {
        var id: UInt64 = 0
        /// End offset of its last batch.
        var end: UInt64 = 0
        /// Chained frame checksum of its last batch.
        var chain: UInt32 = 0
        /// Time of its last batch, nanoseconds.
        var time: Int64 = 0
    }

    let logID: UInt64
    let segmentID: UInt64
    let epoch: UInt64
    let firstSequence: UInt64
    let previous: Previous
    let durability: Durability
    let limits: LogLimits

    var name: SegmentName { SegmentName(firstSequence: firstSequence, id: segmentID) }

    /// Writes the segment's first ``end`` bytes.
    func encode(into bytes: UnsafeMutableRawBufferPointer) {
        bytes.zero()
        bytes.copyBytes(from: Self.emptyFrame)
        let frame = UnsafeMutableRawBufferPointer(rebasing: bytes[Self.emptyFrame.count..<Self.end])
        frame.setField(Self.format, at: 12)
        frame.setField(Self.format, at: 14)
        frame.setField(logID, at: 16)
        frame.setField(segmentID, at: 24)
        frame.setField(epoch, at: 32)
        frame.setField(firstSequence, at: 40)
        frame.setField(previous.id, at: 48)
        frame.setField(previous.end, at: 56)
        frame.setField(previous.time, at: 64)
        frame.setField(previous.chain, at: 72)
        frame.setField(durability.rawValue, at: 76)
        frame.setField(UInt64(limits.segmentBytes), at: 80)
        CheckedFrame.seal(frame, .segmentHeader, .none, at: UInt64(Self.emptyFrame.count))
    }

    /// Reads a segment's first bytes; throws ``LogError/damaged(_:)`` or ``LogError/newer(file:needs:supports:)``.
    init(_ bytes: [UInt8], file: String) throws(LogError) {
        let frame = try Self.intactFrame(bytes, file: file)
        // The array outlives every use of its bytes here.
        let values = frame.withUnsafeBytes { Self.fields(UnsafeRawBufferPointer($0)) }
        guard values.minimumReader <= Self.format else {
            throw .newer(file: file, needs: values.minimumReader, supports: Self.format)
        }
        guard let header = values.header else {
            throw Self.damage(file, "the segment header holds values that no writer wrote")
        }
        self = header
    }

    init(
        logID: UInt64,
        segmentID: UInt64,
        epoch: UInt64,
        firstSequence: UInt64,
        previous: Previous,
        durability: Durability,
        limits: LogLimits
    ) {
        self.logID = logID
        self.segmentID = segmentID
        self.epoch = epoch
        self.firstSequence = firstSequence
        self.previous = previous
        self.durability = durability
        self.limits = limits
    }

    /// The header frame, its checksum verified.
    ///
    /// Later formats may be longer, up to the bytes given.
    private static func intactFrame(_ bytes: [UInt8], file: String) throws(LogError) -> ArraySlice<UInt8> {
        let start = emptyFrame.count
        guard bytes.count >= end, bytes[..<start].elementsEqual(emptyFrame) else {
            throw damage(file, "it does not begin like a segment")
        }
        let length = bytes.withUnsafeBytes { Int($0.field(UInt32.self, at: start + 4)) }
        let total = length + FrameRole.prefixBytes
        guard total >= frameBytes, start + total <= bytes.count else {
            throw damage(file, "the segment header's length is impossible")
        }
        let frame = bytes[start..<start + total]
        let isIntact = frame.withUnsafeBytes {
            CheckedFrame.isIntact($0, .segmentHeader, .none, at: UInt64(start))
        }
        guard isIntact else { throw damage(file, "the segment header's checksum is wrong") }
        return frame
    }

    private static func fields(_ frame: UnsafeRawBufferPointer) -> (
        minimumReader: UInt16, header: SegmentHeader?
    ) {
        let minimumReader = frame.field(UInt16.self, at: 14)
        let segmentBytes = frame.field(UInt64.self, at: 80)
        guard minimumReader <= format, frame.count == frameBytes,
            let durability = Durability(rawValue: frame.field(UInt8.self, at: 76)),
            let limit = Int(exactly: segmentBytes), LogLimits.segmentRange.contains(limit),
            countRange.contains(frame.field(UInt64.self, at: 32)),
            countRange.contains(frame.field(UInt64.self, at: 40))
        else { return (minimumReader, nil) }
        let header = SegmentHeader(
            logID: frame.field(UInt64.self, at: 16),
            segmentID: frame.field(UInt64.self, at: 24),
            epoch: frame.field(UInt64.self, at: 32),
            firstSequence: frame.field(UInt64.self, at: 40),
            previous: Previous(
                id: frame.field(UInt64.self, at: 48),
                end: frame.field(UInt64.self, at: 56),
                chain: frame.field(UInt32.self, at: 72),
                time: frame.field(Int64.self, at: 64)
            ),
            durability: durability,
            limits: LogLimits(segmentBytes: limit)
        )
        return (minimumReader, header)
    }

    private static func damage(_ file: String, _ problem: String) -> LogError {
        .damaged(
            Damage(file: file, offset: 0, sequence: SegmentName(file)?.firstSequence ?? 0, problem: problem)
        )
    }
}
