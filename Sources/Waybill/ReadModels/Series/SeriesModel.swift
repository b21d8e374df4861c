public import Orchestration

/// Convergence curves: every point of every series, as added.
///
/// A point's id is its place in its series, from 1 in the order of addition; it never changes. A series is kept until
/// its job is pruned.
public actor SeriesModel: Follower {
    static let mask = ProjectionMask.series
    let progress: ProjectionWatermark
    var folded: UInt64 = 0
    private var curves: [JobID: [Name: Curve]] = [:]
    /// Points over all jobs that are not pruned.
    public private(set) var pointCount = 0

    init(_ progress: ProjectionWatermark) {
        self.progress = progress
    }

    /// Names of a job's series, ascending.
    public func names(of job: JobID) -> [Name] {
        curves[job].map { $0.keys.sorted() } ?? []
    }

    /// How many points a series has: the id of its last one; 0 when there is no such series.
    public func count(of job: JobID, series: Name) -> Int {
        curves[job]?[series]?.count ?? 0
    }

    /// A series' points in the order in which they were added; empty when there are none.
    ///
    /// Copies all of them: for long series ask for parts.
    public func points(of job: JobID, series: Name) -> [Point] {
        curves[job]?[series]?.points ?? []
    }

    /// What came after the first `index` points: those with the ids from `index` + 1 on, in order, at most `limit`.
    public func points(of job: JobID, series: Name, from index: Int, limit: Int) -> [Point] {
        curves[job]?[series]?.points(from: index, limit: limit) ?? []
    }

    /// How many points of a series somebody has seen who has seen the one that was measured at `time`, and what came
    /// before it; of several, the first.
    ///
    /// What comes behind them is what is new to that client, whatever its dates. Where no point was measured then, it is
    /// what came from the first on that was measured later. Costs a look at the chunks with such times.
    package func index(of job: JobID, series: Name, since time: Timestamp) -> Int {
        curves[job]?[series]?.index(since: time) ?? 0
    }

    /// The points from one step through another (nil: from the first, through the last), in at most `max` buckets of
    /// as many neighbouring points each.
    ///
    /// Clipped first, then reduced, never sampled: every point in the range counts in one of the buckets. Costs two looks
    /// at each point of the range.
    package func reduced(
        of job: JobID,
        series: Name,
        fromStep: UInt64? = nil,
        throughStep: UInt64? = nil,
        max: Int
    ) -> CurveReduction {
        let (first, last) = (fromStep ?? 0, throughStep ?? .max)
        guard first <= last, let curve = curves[job]?[series] else { return CurveReduction() }
        return curve.reduced(first...last, into: max)
    }

    func fold(_ event: Event, _ step: JobDelta) {
        switch event.body {
        case .pointsAdded(let job, let series, let points):
            curves[job, default: [:]][series, default: Curve()].add(points)
            pointCount += points.count
        case .jobPruned(let job):
            pointCount -= curves.removeValue(forKey: job)?.values.reduce(0) { $0 + $1.count } ?? 0
        default:
            return
        }
    }

    /// The points behind the `index`-th, and how many there are in all.
    func news(of job: JobID, series: Name, from index: Int, limit: Int) -> (points: [Point], total: Int) {
        guard let curve = curves[job]?[series] else { return ([], 0) }
        return (curve.points(from: index, limit: limit), curve.count)
    }
}
