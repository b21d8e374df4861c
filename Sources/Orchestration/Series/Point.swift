/// One point of a convergence curve.
public struct Point: Sendable {
    /// Iteration, epoch, sample: what the curve counts.
    public var step: UInt64
    /// When it was measured.
    public var time: Timestamp
    /// NaN and infinities are kept, and flagged by ``isFinite``.
    public var value: Double

    /// A value at a step and a moment.
    public init(step: UInt64, time: Timestamp, value: Double) {
        self.step = step
        self.time = time
        self.value = value
    }

    /// Whether the value is a number that can be drawn.
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
