extension WireWriter {
    mutating func queue(_ queue: QueueSpecification) {
        name(1, queue.name)
        if let limit = queue.concurrency { present(2, UInt64(limit)) }
        if let limit = queue.keyConcurrency { present(3, UInt64(limit)) }
        if let rate = queue.rate {
            message(4) { writer in
                writer.uint(1, UInt64(rate.starts))
                writer.int(2, rate.interval.nanoseconds)
                writer.uint(3, UInt64(rate.burst))
            }
        }
        uint(5, UInt64(queue.policy.rawValue))
        int(6, queue.aging.nanoseconds)
        let kept = [queue.retention.succeeded, queue.retention.dead, queue.retention.cancelled]
        for (field, span) in zip(UInt32(7)..., kept) {
            if let span { present(field, UInt64(bitPattern: span.nanoseconds)) }
        }
    }
}

extension WireReader {
    mutating func queue() throws(CodecError) -> QueueSpecification {
        var queue = QueueSpecification(name: "")
        var policy: DispatchPolicy?
        while try next() {
            switch field {
            case 1: queue.name = try name()
            case 2: queue.concurrency = try uint32()
            case 3: queue.keyConcurrency = try uint32()
            case 4:
                var message = try message()
                queue.rate = try message.rate()
            case 5: policy = try choice(DispatchPolicy.self)
            case 6: queue.aging = TimeSpan(nanoseconds: try int())
            case 7: queue.retention.succeeded = TimeSpan(nanoseconds: try int())
            case 8: queue.retention.dead = TimeSpan(nanoseconds: try int())
            case 9: queue.retention.cancelled = TimeSpan(nanoseconds: try int())
            default: try skip()
            }
        }
        guard let policy else { throw .malformed(offset: at, problem: "no policy") }
        queue.policy = policy
        return queue
    }

    private mutating func rate() throws(CodecError) -> Rate {
        var rate = Rate(0, per: .zero, burst: 0)
        while try next() {
            switch field {
            case 1: rate.starts = try uint32()
            case 2: rate.interval = TimeSpan(nanoseconds: try int())
            case 3: rate.burst = try uint32()
            default: try skip()
            }
        }
        guard rate.starts > 0, rate.interval > .zero, rate.burst > 0 else {
            throw .malformed(offset: at, problem: "a rate of nothing")
        }
        return rate
    }

    mutating func queueStatus() throws(CodecError) -> Event.Body {
        var queue: Name = ""
        var status: QueueStatus?
        while try next() {
            switch field {
            case 1: queue = try name()
            case 2: status = try choice(QueueStatus.self)
            default: try skip()
            }
        }
        guard let status else { throw .malformed(offset: at, problem: "no status") }
        return .queueStatusSet(name: queue, status)
    }
}
