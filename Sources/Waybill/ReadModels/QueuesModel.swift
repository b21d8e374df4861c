public import Orchestration

/// Counts by queue and state, kept as events pass: reading them costs nothing that grows with the jobs.
public actor QueuesModel: ReadModel {
    public var progress = Progress()

    private struct Place {
        var queue: UInt32
        var state: JobState
    }

    /// Ids are dense from 1.
    private var places: [Place] = []
    private var counts: [[Int]] = []
    private var names = NameTable()
    private var transitions = JobTransitions()

    private static let none = [Int](repeating: 0, count: JobState.allCases.count + 1)

    public init() {}

    /// Every queue that ever held a job, by name.
    public func all() -> [QueueCounts] {
        counts.indices
            .map { QueueCounts(queue: names[UInt32($0)], byState: counts[$0]) }
            .sorted { $0.queue < $1.queue }
    }

    public subscript(queue: String) -> QueueCounts? {
        names.known(queue).map { QueueCounts(queue: queue, byState: counts[Int($0)]) }
    }

    /// Over all queues.
    public func total(_ state: JobState) -> Int {
        counts.reduce(0) { $0 + $1[Int(state.rawValue)] }
    }

    public func fold(_ event: Event) {
        guard let transition = transitions.transition(of: event) else { return }
        let index = Int(transition.job.rawValue) - 1
        if transition.isPruned, places.indices.contains(index) {
            counts[Int(places[index].queue)][Int(places[index].state.rawValue)] -= 1
        }
        guard let state = transition.state else { return }
        if index == places.count, let specification = transition.specification {
            let queue = names.number(of: specification.queue)
            if Int(queue) == counts.count { counts.append(Self.none) }
            places.append(Place(queue: queue, state: state))
            counts[Int(queue)][Int(state.rawValue)] += 1
            return
        }
        guard places.indices.contains(index) else { return }
        let queue = Int(places[index].queue)
        counts[queue][Int(places[index].state.rawValue)] -= 1
        counts[queue][Int(state.rawValue)] += 1
        places[index].state = state
    }
}
