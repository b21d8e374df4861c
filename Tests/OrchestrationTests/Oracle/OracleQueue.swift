import Orchestration

/// A queue as it was configured; what runs in it is counted anew whenever somebody asks.
struct OracleQueue {
    var specification: QueueSpecification
    var status = QueueStatus.open
    /// When its bucket would be full, had nothing started since.
    var full = Timestamp.zero

    /// One start each interval ÷ starts, rounded up; a full bucket holds as many as the burst.
    private func spacing(_ rate: Rate) -> Int64 {
        (rate.interval.nanoseconds + Int64(rate.starts) - 1) / Int64(rate.starts)
    }

    func tokens(at now: Timestamp) -> Int? {
        guard let rate = specification.rate else { return nil }
        guard full > now else { return Int(rate.burst) }
        let spacing = spacing(rate)
        let missing = ((full - now).nanoseconds + spacing - 1) / spacing
        return max(0, Int(rate.burst) - Int(missing))
    }

    /// Another rate forgives what an empty bucket of its own would not owe.
    mutating func reconfigure(_ queue: QueueSpecification, at now: Timestamp) {
        specification = queue
        guard let rate = queue.rate else {
            full = .zero
            return
        }
        full = min(full, now + TimeSpan(nanoseconds: spacing(rate) * Int64(rate.burst)))
    }

    mutating func start(at now: Timestamp) {
        guard let rate = specification.rate else { return }
        full = max(full, now) + TimeSpan(nanoseconds: spacing(rate))
    }

    /// In microseconds: the birth, and an aging less for each step of priority.
    func rank(_ job: OracleJob) -> Int64 {
        let born = job.since.nanoseconds / 1000
        if specification.policy == .fifo { return born }
        return born - Int64(job.priority) * (specification.aging.nanoseconds / 1000)
    }
}

struct OracleWorker {
    var specification: WorkerSpecification?
    var isDraining = false
}

struct OracleMachine {
    var specification: MachineSpecification
    var status = MachineStatus.available
}
