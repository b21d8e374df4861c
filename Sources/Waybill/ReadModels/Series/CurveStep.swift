public import Orchestration

/// What is new in a curve.
public struct CurveStep: Sendable, Hashable {
    /// In order; at most ``CurveStream/stepPoints``.
    public let points: [Point]
    /// The points of the series before these: the first of these has the id `from` + 1.
    public let from: Int
    /// The points of the series that were visible when this was read.
    public let total: Int
    /// Whether the job has ended or is pruned: no step follows.
    public let isEnded: Bool
}
