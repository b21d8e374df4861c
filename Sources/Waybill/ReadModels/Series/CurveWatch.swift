import Orchestration
import Synchronization

/// Who waits for news of which job's curves.
///
/// A batch wakes those to whose job it says something, and nobody else. While nobody watches it costs a look at one
/// lock.
final class CurveWatch: Sendable {
    /// One job's news, for all who watch it.
    private struct Watched {
        let news: AsyncCondition<News>
        var watchers = 0

        init(_ news: News) {
            self.news = AsyncCondition(news)
        }

        var joined: Watched {
            var joined = self
            joined.watchers += 1
            return joined
        }
    }

    fileprivate struct News {
        /// Of each series, how often there were points; the end of the job is news of all.
        var points: [Name: UInt64] = [:]
        var ends: UInt64 = 0
        var hasEnded = false

        func count(of series: Name) -> UInt64 { ends + (points[series] ?? 0) }
    }

    private struct Contents {
        var jobs: [JobID: Watched] = [:]
        var hasEnded = false
    }

    /// Somebody who looks at the models once more before waiting, so that no news fall between the two.
    struct Watcher: Sendable {
        fileprivate let job: JobID
        fileprivate let series: Name
        fileprivate let news: AsyncCondition<News>
        /// What had happened when it came.
        fileprivate let seen: UInt64
    }

    private let contents = Mutex(Contents())

    /// Whether nothing more comes.
    var hasEnded: Bool { contents.withLock { $0.hasEnded } }

    func enrol(_ job: JobID, _ series: Name) -> Watcher {
        let news = contents.withLock { contents in
            let watched = contents.jobs[job] ?? Watched(News(hasEnded: contents.hasEnded))
            contents.jobs[job] = watched.joined
            return watched.news
        }
        let seen = news.withLock { $0.count(of: series) }
        return Watcher(job: job, series: series, news: news, seen: seen)
    }

    func withdraw(_ watcher: Watcher) {
        contents.withLock { contents in
            contents.jobs[watcher.job]?.watchers -= 1
            if contents.jobs[watcher.job]?.watchers == 0 { contents.jobs[watcher.job] = nil }
        }
    }

    /// Waits for news since the enrolment; false when nothing more comes or the task was cancelled.
    func wait(_ watcher: Watcher) async -> Bool {
        let (series, seen) = (watcher.series, watcher.seen)
        return await watcher.news.waitUnlessCancelled { news in
            if news.hasEnded { return false }
            return news.count(of: series) != seen ? true : nil
        } ?? false
    }

    /// Calls those to whom the batches say something, once every model shows them.
    func call(_ batches: [FoldedBatch]) {
        let jobs = contents.withLock { $0.jobs }
        guard !jobs.isEmpty else { return }
        for batch in batches {
            for index in batch.events.indices {
                if case .pointsAdded(let job, let series, _) = batch.events[index].body {
                    jobs[job]?.news.signal { $0.points[series, default: 0] += 1 }
                } else if batch.deltas[index].isEnd, let job = batch.events[index].body.job {
                    jobs[job]?.news.signal { $0.ends += 1 }
                }
            }
        }
    }

    /// Nothing more comes: nobody waits for ever.
    func end() {
        let jobs = contents.withLock { contents in
            contents.hasEnded = true
            return contents.jobs
        }
        for job in jobs.values { job.news.signal { $0.hasEnded = true } }
    }
}
