/// When a finished job is forgotten.
struct PruneKey: Comparable, Hashable, Sendable {
    let time: Timestamp
    let job: JobID

    static func < (left: PruneKey, right: PruneKey) -> Bool {
        (left.time, left.job) < (right.time, right.job)
    }
}
