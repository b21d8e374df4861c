/// Begins a new epoch inside a segment that is continued after a clean close.
///
///     12 u8 durability, 3 zeros · 16 u64 epoch · 24 u64 this frame's own offset
///
/// Batches after it are salted with its epoch and judged by its durability. It is salted as epoch 0, for it is
/// what tells the epoch.
struct EpochHeader: Equatable {
    static let bytes = 32

    let epoch: UInt64
    let durability: Durability

    func encode(into frame: UnsafeMutableRawBufferPointer, _ salt: Salt, at offset: UInt64) {
        frame.zero()
        frame.setField(durability.rawValue, at: 12)
        frame.setField(epoch, at: 16)
        frame.setField(offset, at: 24)
        CheckedFrame.seal(frame, .epochHeader, salt, at: offset)
    }

    init(epoch: UInt64, durability: Durability) {
        self.epoch = epoch
        self.durability = durability
    }

    /// Nil unless the frame is intact.
    init?(_ frame: UnsafeRawBufferPointer, _ salt: Salt, at offset: UInt64) {
        guard frame.count >= Self.bytes, CheckedFrame.isIntact(frame, .epochHeader, salt, at: offset),
            frame.field(UInt64.self, at: 24) == offset,
            SegmentHeader.countRange.contains(frame.field(UInt64.self, at: 16)),
            let durability = Durability(rawValue: frame.field(UInt8.self, at: 12))
        else { return nil }
        self.init(epoch: frame.field(UInt64.self, at: 16), durability: durability)
    }
}
