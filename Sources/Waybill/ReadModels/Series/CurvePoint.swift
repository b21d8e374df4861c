public import Orchestration

/// A point with its place in its series.
public struct CurvePoint: Sendable, Hashable {
    /// The how-manieth point of its series it is, from 1, in the order in which they were added.
    ///
    /// It never changes: points are only ever added behind the others, and a series is forgotten as a whole.
    public let id: Int
    public let point: Point

    package init(id: Int, point: Point) {
        self.id = id
        self.point = point
    }
}
