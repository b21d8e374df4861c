public import Orchestration

/// A job's curve, live: first what there is, step by step, then what is added, as it becomes visible in ``SeriesModel``.
///
/// When the job ends (in any terminal state, by pruning, or before it began) one last step says so, with the points that
/// were left, if any. It ends without that when the engine closes or the task is cancelled. It holds an index and nothing
/// else: a slow reader costs no memory and nobody else's time.
public struct CurveStream: AsyncSequence, Sendable {
    /// Some points, in the order of their addition.
    public typealias Element = CurveStep

    /// Most points in a step.
    public static let stepPoints = 1000

    let job: JobID
    let series: Name
    let from: Int
    let models: CurveModels

    /// An iterator that begins at the stream's index; several go their own ways.
    public func makeAsyncIterator() -> Iterator {
        Iterator(job: job, series: series, reached: from < 0 ? 0 : from, models: models)
    }

    /// Walks over one stream, for one task.
    public struct Iterator: AsyncIteratorProtocol {
        let job: JobID
        let series: Name
        var reached: Int
        let models: CurveModels
        private var isOver = false

        init(job: JobID, series: Name, reached: Int, models: CurveModels) {
            self.job = job
            self.series = series
            self.reached = reached
            self.models = models
        }

        /// The next step; nil after the last one, when the engine closed, or when the task was cancelled.
        public mutating func next() async -> CurveStep? {
            while !isOver, !Task.isCancelled, !models.watch.hasEnded {
                if let step = await step() { return step }
                let watcher = models.watch.enrol(job, series)
                defer { models.watch.withdraw(watcher) }
                if let step = await step() { return step }
                guard await models.watch.wait(watcher) else { break }
            }
            isOver = true
            return nil
        }

        /// What is new; nil while nothing is.
        private mutating func step() async -> CurveStep? {
            let standing = await models.jobs.standing(of: job)
            if standing.hasEnded {
                // What was added before the end is shown before it.
                guard await models.series.caughtUp(to: standing.sequence) else { return nil }
            }
            let limit = CurveStream.stepPoints
            let news = await models.series.news(of: job, series: series, from: reached, limit: limit)
            let from = reached
            reached += news.points.count
            isOver = standing.hasEnded && reached >= news.total
            guard isOver || !news.points.isEmpty else { return nil }
            return CurveStep(points: news.points, from: from, total: news.total, isEnded: isOver)
        }
    }
}

/// What a curve is followed by.
struct CurveModels: Sendable {
    let jobs: JobsModel
    let series: SeriesModel
    let watch: CurveWatch
}

extension JobsModel {
    /// Whether the job has ended, is pruned or never was, as of a sequence.
    func standing(of job: JobID) -> (hasEnded: Bool, sequence: UInt64) {
        (projection.rows.row(job.rawValue)?.state.isTerminal ?? true, folded)
    }
}

extension Engine {
    /// Follows a series of a job, after its first `index` points.
    public func curve(of job: JobID, series: Name, from index: Int = 0) -> CurveStream {
        CurveStream(job: job, series: series, from: index, models: curves)
    }
}

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
