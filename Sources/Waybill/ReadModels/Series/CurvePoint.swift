package import Orchestration

/// A point with its place in its series.
package struct CurvePoint: Sendable, Hashable {
    /// The how-manieth point of its series it is, from 1, in the order in which they were added.
    ///
    /// It never changes: points are only ever added behind the others, and a series is forgotten as a whole.
    package let id: Int
    package let point: Point

    package init(id: Int, point: Point) {
        self.id = id
        self.point = point
    }
}
