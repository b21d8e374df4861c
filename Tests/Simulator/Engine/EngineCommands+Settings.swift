import Orchestration
import TestSupport

/// The values that operators set.
extension EngineCommands {
    mutating func redrive(_ job: JobID?, _ recall: (JobID) -> FinishedJobSnapshot?) -> Redrive {
        Redrive(
            [job.flatMap(recall)].compactMap { $0 },
            patch: random.oneIn(3) ? Payload([1, 2]) : nil,
            approves: random.oneIn(2)
        )
    }

    mutating func change(_ state: borrowing State) -> JobChange {
        switch random.below(4) {
        case 0: JobChange(priority: Int32(random.below(5)))
        case 1: JobChange(runAt: state.lastTime + .seconds(Int64(random.below(30)) - 10))
        case 2: JobChange(attributes: ["x": "y"])
        default: JobChange(tags: ["t"], isHeld: random.oneIn(2))
        }
    }

    mutating func queue() -> QueueSpecification {
        QueueSpecification(
            name: pick(queues),
            concurrency: random.oneIn(2) ? UInt32(1 + random.below(4)) : nil,
            keyConcurrency: random.oneIn(2) ? 1 : nil,
            rate: random.oneIn(3) ? Rate(2, per: .seconds(5), burst: 2) : nil,
            policy: random.oneIn(2) ? .fifo : .priority,
            retention: Retention(dead: random.oneIn(2) ? .seconds(20) : nil, cancelled: .seconds(50))
        )
    }
}
