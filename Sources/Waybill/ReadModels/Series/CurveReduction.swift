import Orchestration

/// Part of a series, made small enough to be drawn without hiding anything of its shape.
///
/// No point is left out for being one of many: each bucket shows the first and the last of its points and the extremes
/// between them.
package struct CurveReduction: Sendable, Hashable {
    /// Neighbouring points of a curve, as a few of them.
    package struct Bucket: Sendable, Hashable {
        package let count: Int
        package let first: CurvePoint
        package let last: CurvePoint
        /// The first of the smallest among finite values; nil when there are none.
        package let min: CurvePoint?
        /// The first of the largest among finite values; nil when there are none.
        package let max: CurvePoint?
        /// The first point whose value is NaN or infinite.
        package let nonFinite: CurvePoint?
        package let nonFiniteCount: Int
    }

    /// In the order of the points; one for each point when nothing was reduced.
    package internal(set) var buckets: [Bucket] = []
    /// Whether there are more points than buckets.
    package var isReduced: Bool { buckets.count < of }
    /// Points in the range of steps, all of which went into the buckets.
    package internal(set) var of = 0
}

/// A bucket that is being filled: plain numbers, for this is done a million times.
struct BucketDraft {
    private static let none = CurvePoint(id: 0, point: Point(step: 0, time: .zero, value: 0))

    private(set) var count = 0
    private var first = none
    private var last = none
    private var lowest = none
    private var highest = none
    private var low = Double.infinity
    private var high = -Double.infinity
    private var nonFinite: CurvePoint?
    private var nonFiniteCount = 0

    @inline(__always)
    mutating func add(_ point: CurvePoint) {
        if count == 0 { first = point }
        count += 1
        last = point
        let value = point.point.value
        guard value.isFinite else {
            nonFiniteCount += 1
            if nonFiniteCount == 1 { nonFinite = point }
            return
        }
        if value < low { (low, lowest) = (value, point) }
        if value > high { (high, highest) = (value, point) }
    }

    /// What was added, at least one point.
    var bucket: CurveReduction.Bucket {
        let hasFinite = nonFiniteCount < count
        return CurveReduction.Bucket(
            count: count,
            first: first,
            last: last,
            min: hasFinite ? lowest : nil,
            max: hasFinite ? highest : nil,
            nonFinite: nonFinite,
            nonFiniteCount: nonFiniteCount
        )
    }
}
