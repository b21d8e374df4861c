public import Orchestration

/// How many jobs of each state a queue holds.
public struct QueueCounts: Sendable, Hashable {
    public let queue: String
    private let byState: [Int]

    init(queue: String, byState: [Int]) {
        self.queue = queue
        self.byState = byState
    }

    public subscript(state: JobState) -> Int { byState[Int(state.rawValue)] }

    public var total: Int { byState.reduce(0, +) }
}
