public import Orchestration

/// Convergence curves: every point of every series, as added.
public actor SeriesModel: Follower {
    static let place = Audience.series
    let progress: Progress
    private var curves: [JobID: [String: [Point]]] = [:]
    /// Points over all jobs that are not pruned.
    public private(set) var pointCount = 0

    init(_ progress: Progress) {
        self.progress = progress
    }

    /// Names of a job's series, ascending.
    public func names(of job: JobID) -> [String] {
        curves[job].map { $0.keys.sorted() } ?? []
    }

    /// A series' points in the order in which they were added; empty when there are none.
    public func points(of job: JobID, series: String) -> [Point] {
        curves[job]?[series] ?? []
    }

    func fold(_ event: Event, _ step: JobStep) {
        switch event.body {
        case .pointsAdded(let job, let series, let points):
            curves[job, default: [:]][series, default: []].append(contentsOf: points)
            pointCount += points.count
        case .jobPruned(let job):
            pointCount -= curves.removeValue(forKey: job)?.values.reduce(0) { $0 + $1.count } ?? 0
        default:
            return
        }
    }
}
