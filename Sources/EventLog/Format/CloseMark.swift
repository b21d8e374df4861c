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
