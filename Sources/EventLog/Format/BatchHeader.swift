/// What stands before each batch's LZ4 frame.
///
///     12 u8 version = 0 · 13 u8 flags = 0 · 14 u16 zero
///     16 u64 first sequence · 24 u32 count · 28 u32 frame length
///     32 i64 batch time (ns) · 40 u64 durable-through, as it was when this was written
///     48 u32 CRC-32C of the LZ4 frame, chained with the previous batch's · 52 u32 raw length
///     56 zeros, so that the LZ4 frame starts at a multiple of 8
struct BatchHeader: Equatable {
    static let bytes = 56
    static let longest = bytes + 7

    let firstSequence: UInt64
    let count: UInt32
    /// Nanoseconds; never less than the previous batch's.
    let time: Int64
    let durableThrough: UInt64
    let frameBytes: UInt32
    let rawBytes: UInt32
    let chain: UInt32

    var lastSequence: UInt64 { firstSequence + UInt64(count) - 1 }

    func encode(into frame: UnsafeMutableRawBufferPointer, _ salt: Salt, at offset: UInt64) {
        frame.zero()
        frame.setField(firstSequence, at: 16)
        frame.setField(count, at: 24)
        frame.setField(frameBytes, at: 28)
        frame.setField(time, at: 32)
        frame.setField(durableThrough, at: 40)
        frame.setField(chain, at: 48)
        frame.setField(rawBytes, at: 52)
        CheckedFrame.seal(frame, .batchHeader, salt, at: offset)
    }

    init(
        firstSequence: UInt64,
        count: UInt32,
        time: Int64,
        durableThrough: UInt64,
        frameBytes: UInt32,
        rawBytes: UInt32,
        chain: UInt32
    ) {
        self.firstSequence = firstSequence
        self.count = count
        self.time = time
        self.durableThrough = durableThrough
        self.frameBytes = frameBytes
        self.rawBytes = rawBytes
        self.chain = chain
    }

    /// Nil unless the frame is intact and every length lies within `limits`.
    init?(_ frame: UnsafeRawBufferPointer, _ salt: Salt, at offset: UInt64, _ limits: LogLimits) {
        guard frame.count >= Self.bytes, CheckedFrame.isIntact(frame, .batchHeader, salt, at: offset),
            frame.field(UInt16.self, at: 12) == 0
        else { return nil }
        self.init(
            firstSequence: frame.field(UInt64.self, at: 16),
            count: frame.field(UInt32.self, at: 24),
            time: frame.field(Int64.self, at: 32),
            durableThrough: frame.field(UInt64.self, at: 40),
            frameBytes: frame.field(UInt32.self, at: 28),
            rawBytes: frame.field(UInt32.self, at: 52),
            chain: frame.field(UInt32.self, at: 48)
        )
        guard count > 0, SegmentHeader.countRange.contains(firstSequence),
            Int(rawBytes) <= limits.batchBytes, Int(frameBytes) <= limits.frameBytes
        else { return nil }
    }
}
