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

/// Says that the writer closed the log here and that everything before it was synced.
///
///     12 u32 zero · 16 u64 last sequence · 24 i64 time of the last batch (ns)
///
/// It means a clean end only as the last frame before a zero pad or the end of the file.
struct CloseMark: Equatable {
    static let bytes = 32

    let lastSequence: UInt64
    let lastTime: Int64

    func encode(into frame: UnsafeMutableRawBufferPointer, _ salt: Salt, at offset: UInt64) {
        frame.zero()
        frame.setField(lastSequence, at: 16)
        frame.setField(lastTime, at: 24)
        CheckedFrame.seal(frame, .closeMark, salt, at: offset)
    }

    init(lastSequence: UInt64, lastTime: Int64) {
        self.lastSequence = lastSequence
        self.lastTime = lastTime
    }

    /// Nil unless the frame is intact.
    init?(_ frame: UnsafeRawBufferPointer, _ salt: Salt, at offset: UInt64) {
        guard frame.count >= Self.bytes, CheckedFrame.isIntact(frame, .closeMark, salt, at: offset) else {
            return nil
        }
        self.init(lastSequence: frame.field(UInt64.self, at: 16), lastTime: frame.field(Int64.self, at: 24))
    }
}

/// A skippable frame over zeros: room that is filled already and that the next append overwrites.
///
///     0 u32 magic · 4 u32 length · 8 zeros
///
/// It has no checksum, for its body is zero or it is not a pad.
enum Pad {
    static let headerBytes = FrameRole.prefixBytes

    static func encode(into frame: UnsafeMutableRawBufferPointer, total: UInt64) {
        frame.setField(FrameRole.pad.rawValue, at: 0)
        frame.setField(UInt32(total) - UInt32(headerBytes), at: 4)
    }

    static func isPad(_ header: UnsafeRawBufferPointer) -> Bool {
        header.count >= headerBytes && header.field(UInt32.self, at: 0) == FrameRole.pad.rawValue
    }
}
