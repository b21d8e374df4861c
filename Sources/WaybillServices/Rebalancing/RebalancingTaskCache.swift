import Synchronization
import Waybill

/// What tasks that are out with workers look like, so that completing one needs no look into the log.
///
/// Bounded; a task that isn't found here any more is read anew.
final class RebalancingTaskCache: Sendable {
    private struct Entries {
        var tasks: [JobID: RebalancingTask] = [:]
        var order: [JobID] = []
        var oldest = 0
    }

    private let capacity: Int
    private let entries = Mutex(Entries())

    init(capacity: Int = 65_536) {
        self.capacity = capacity
    }

    func insert(_ task: RebalancingTask) {
        entries.withLock { entries in
            guard entries.tasks.updateValue(task, forKey: task.id) == nil else { return }
            if entries.order.count < capacity {
                entries.order.append(task.id)
            } else {
                // A ring: the place of the oldest goes to the newest.
                entries.tasks[entries.order[entries.oldest]] = nil
                entries.order[entries.oldest] = task.id
                entries.oldest = (entries.oldest + 1) % capacity
            }
        }
    }

    subscript(id: JobID) -> RebalancingTask? {
        entries.withLock { $0.tasks[id] }
    }
}
