import Orchestration

/// Part of a series, made small enough to be drawn without hiding anything of its shape.
///
/// No point is left out for being one of many: each bucket shows the first and the last of its points and the extremes
/// between them.
public struct CurveReduction: Sendable, Hashable {
    /// Neighbouring points of a curve, as a few of them.
    public struct Bucket: Sendable, Hashable {
        public internal(set) var count: Int
        public let first: CurvePoint
        public internal(set) var last: CurvePoint
        /// The first of the smallest, and the first of the largest, among finite values; nil when there are none.
        public internal(set) var min: CurvePoint?
        public internal(set) var max: CurvePoint?
        /// The first point whose value is NaN or infinite.
        public internal(set) var nonFinite: CurvePoint?
        public internal(set) var nonFiniteCount = 0

        init(_ first: CurvePoint) {
            (count, self.first, last) = (0, first, first)
            add(first)
        }

        mutating func add(_ point: CurvePoint) {
            count += 1
            last = point
            let value = point.point.value
            guard value.isFinite else {
                nonFiniteCount += 1
                if nonFinite == nil { nonFinite = point }
                return
            }
            if min.map({ value < $0.point.value }) ?? true { min = point }
            if max.map({ value > $0.point.value }) ?? true { max = point }
        }
    }

    /// In the order of the points; one for each point when nothing was reduced.
    public internal(set) var buckets: [Bucket] = []
    /// Whether there are more points than buckets.
    public var isReduced: Bool { buckets.count < of }
    /// Points in the range of steps, all of which went into the buckets.
    public internal(set) var of = 0
}
