package import Orchestration

/// The points of one series in chunks, each of which knows what to expect in it.
///
/// Chunks, so that whoever holds some of the points never makes an addition copy all of them.
struct Curve {
    private static let chunkPoints = 1024

    private struct Chunk {
        var points: [Point] = []
        var latest = Timestamp(nanoseconds: .min)
        var steps: ClosedRange<UInt64>

        mutating func add(_ point: Point) {
            points.append(point)
            latest = max(latest, point.time)
            steps = min(steps.lowerBound, point.step)...max(steps.upperBound, point.step)
        }
    }

    private var chunks: [Chunk] = []
    private(set) var count = 0

    mutating func add(_ points: [Point]) {
        for point in points {
            if count % Self.chunkPoints == 0 { chunks.append(Chunk(steps: point.step...point.step)) }
            chunks[chunks.count - 1].add(point)
            count += 1
        }
    }

    /// All of them.
    var points: [Point] { chunks.flatMap(\.points) }

    /// Those behind the `index`-th, at most `limit`.
    func points(from index: Int, limit: Int) -> [Point] {
        guard index < count, limit > 0 else { return [] }
        var found: [Point] = []
        var next = max(0, index)
        found.reserveCapacity(min(limit, count - next))
        while next < count, found.count < limit {
            let rest = chunks[next / Self.chunkPoints].points[(next % Self.chunkPoints)...]
            let taken = rest.prefix(limit - found.count)
            found += taken
            next += taken.count
        }
        return found
    }

    /// How many points had come when the one that was measured at `time` did, itself included; where none was, how many
    /// before the first that was measured later.
    func index(since time: Timestamp) -> Int {
        var later: Int?
        for (index, chunk) in chunks.enumerated() where chunk.latest >= time {
            for (offset, point) in chunk.points.enumerated() {
                if point.time == time { return index * Self.chunkPoints + offset + 1 }
                if later == nil, point.time > time { later = index * Self.chunkPoints + offset }
            }
        }
        return later ?? count
    }

    /// Points with steps in the range, in at most `limit` buckets of as many points each.
    func reduced(_ steps: ClosedRange<UInt64>, into limit: Int) -> CurveReduction {
        var reduction = CurveReduction()
        reduction.of = count(in: steps)
        guard limit > 0, reduction.of > 0 else { return reduction }
        let total = min(limit, reduction.of)
        let (whole, rest) = (reduction.of / total, reduction.of % total)
        reduction.buckets.reserveCapacity(total)
        var builder = BucketDraft()
        forEach(in: steps) { point in
            builder.add(point)
            // The first buckets take what the division leaves over.
            let size = reduction.buckets.count < rest ? whole + 1 : whole
            guard builder.count == size else { return }
            reduction.buckets.append(builder.bucket)
            builder = BucketDraft()
        }
        return reduction
    }

    private func count(in steps: ClosedRange<UInt64>) -> Int {
        var count = 0
        for chunk in chunks where chunk.steps.overlaps(steps) {
            // Steps mostly ascend, so that a chunk mostly lies in the range or outside of it as a whole.
            let isWhole = steps.contains(chunk.steps.lowerBound) && steps.contains(chunk.steps.upperBound)
            count += isWhole ? chunk.points.count : chunk.points.count { steps.contains($0.step) }
        }
        return count
    }

    @inline(__always)
    private func forEach(in steps: ClosedRange<UInt64>, _ visit: (CurvePoint) -> Void) {
        for index in chunks.indices where chunks[index].steps.overlaps(steps) {
            let points = chunks[index].points
            var id = index * Self.chunkPoints
            for point in points {
                id += 1
                if steps.contains(point.step) { visit(CurvePoint(id: id, point: point)) }
            }
        }
    }
}

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
