/// The finished jobs that will be forgotten, the next one first; each stands in it once.
struct PruneTable: Sendable {
    private(set) var keys = ChunkedSortedSet<PruneKey>()
    private var times = BranchedDictionary<JobID, Timestamp>()

    var first: PruneKey? { keys.first }

    mutating func branch() { times.branch() }

    mutating func insert(_ job: JobID, at time: Timestamp) {
        remove(job)
        times[job] = time
        keys.insert(PruneKey(time: time, job: job))
    }

    /// A job that is forgotten, or lives again.
    mutating func remove(_ job: JobID) {
        guard !times.isEmpty, let time = times.removeValue(forKey: job) else { return }
        keys.remove(PruneKey(time: time, job: job))
    }
}
