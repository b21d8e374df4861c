import Synchronization
import Waybill

/// What tasks that are out with workers look like, so that completing one needs no look into the log.
///
/// Bounded; a task that isn't found here any more is read anew.
final class RebalancingTaskCache: Sendable {
    private struct Cards {
        var tasks: [JobID: RebalancingTask] = [:]
        var order: [JobID] = []
        var oldest = 0
    }

    private let capacity: Int
    private let cards = Mutex(Cards())

    init(capacity: Int = 65_536) {
        self.capacity = capacity
    }

    func put(_ task: RebalancingTask) {
        cards.withLock { cards in
            guard cards.tasks.updateValue(task, forKey: task.id) == nil else { return }
            if cards.order.count < capacity {
                cards.order.append(task.id)
            } else {
                // A ring: the place of the oldest goes to the newest.
                cards.tasks[cards.order[cards.oldest]] = nil
                cards.order[cards.oldest] = task.id
                cards.oldest = (cards.oldest + 1) % capacity
            }
        }
    }

    func card(of id: JobID) -> RebalancingTask? {
        cards.withLock { $0.tasks[id] }
    }
}
