import Orchestration

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

    /// Those whose time is later than `time`, at most `limit`, in the order of their addition.
    func points(after time: Timestamp, limit: Int) -> [CurvePoint] {
        var found: [CurvePoint] = []
        for (place, chunk) in chunks.enumerated() where chunk.latest > time {
            for (offset, point) in chunk.points.enumerated() where point.time > time {
                guard found.count < limit else { return found }
                found.append(CurvePoint(id: place * Self.chunkPoints + offset + 1, point: point))
            }
        }
        return found
    }

    /// Points with steps in the range, in at most `limit` buckets of as many points each.
    func reduced(_ steps: ClosedRange<UInt64>, into limit: Int) -> CurveReduction {
        var reduction = CurveReduction()
        forEach(in: steps) { _, _ in reduction.of += 1 }
        guard limit > 0, reduction.of > 0 else { return reduction }
        let (total, buckets) = (reduction.of, min(limit, reduction.of))
        reduction.buckets.reserveCapacity(buckets)
        var (seen, end) = (0, 0)
        forEach(in: steps) { id, point in
            let numbered = CurvePoint(id: id, point: point)
            if seen == end {
                reduction.buckets.append(CurveReduction.Bucket(numbered))
                // Spreads the rest of the division evenly, without overflow for any limit.
                let (whole, rest) = (total / buckets, total % buckets)
                end += reduction.buckets.count <= rest ? whole + 1 : whole
            } else {
                reduction.buckets[reduction.buckets.count - 1].add(numbered)
            }
            seen += 1
        }
        return reduction
    }

    private func forEach(in steps: ClosedRange<UInt64>, _ visit: (Int, Point) -> Void) {
        for place in chunks.indices where chunks[place].steps.overlaps(steps) {
            let first = place * Self.chunkPoints + 1
            for (offset, point) in chunks[place].points.enumerated() where steps.contains(point.step) {
                visit(first + offset, point)
            }
        }
    }
}
