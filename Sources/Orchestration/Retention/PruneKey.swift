/// When a finished job is forgotten, as long as nothing else happened to it.
struct PruneKey: Comparable, Hashable, Sendable {
    let time: Timestamp
    let job: JobID
    /// The job's last sequence when it finished.
    let version: UInt64

    static func < (left: PruneKey, right: PruneKey) -> Bool {
        (left.time, left.job, left.version) < (right.time, right.job, right.version)
    }
}
