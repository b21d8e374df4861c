extension WireReader {
    /// The body whose message this reader was given; `number` is its field in the event.
    mutating func body(_ number: UInt32, _ position: EventPosition) throws(CodecError) -> Event.Body {
        switch number {
        case 9: try created { .jobCreated($0, $1) }
        case 10: .jobDispatched(try dispatched(position))
        case 11: try succeeded(position)
        case 12: try failed(position)
        case 13: .jobRetried(try retried(position))
        case 14: try points()
        case 15: .jobDue(try job())
        case 16: try created { .suggestionMade($0, $1) }
        case 17: .suggestionApproved(try job())
        case 18: .suggestionRejected(try job())
        case 19: .jobExpired(try job())
        case 20: try died()
        case 21: try leaseExpired(position)
        case 22: try cancelled()
        case 23: try cancelRequested(position)
        case 24: .machineRegistered(try machine())
        case 25: try machineStatus()
        case 26: .engineOpened(try opened())
        case 27: .logQuarantined(try quarantined())
        case 28: .jobUnblocked(try job())
        case 29: try updated()
        case 30: try leaseNamed(position) { .leaseRenewed($0, $1) }
        case 31: try progressed(position)
        case 32: try snoozed(position)
        case 33: try leaseNamed(position) { .jobReleased($0, $1) }
        case 34: .jobRedriven(try redriven())
        case 35: .jobDiscarded(try job())
        case 36: .jobPruned(try job())
        case 37: .queueConfigured(try queue())
        case 38: try queueStatus()
        case 39: .workerRegistered(try worker())
        case 40: .workerDrained(name: try workerName())
        case 41: .clockJumped(try clockJump())
        case 42: .jobFound(try job())
        default: throw .unknownEvent(sequence: position.sequence)
        }
    }

    private mutating func job() throws(CodecError) -> JobID {
        var job: UInt64 = 0
        while try next() {
            if field == 1 { job = try uint() } else { try skip() }
        }
        return JobID(job)
    }

    private mutating func created(
        _ body: (JobID, JobSpecification) -> Event.Body
    ) throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var found: JobSpecification?
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2:
                var message = try message()
                found = try message.specification()
            default: try skip()
            }
        }
        guard let found else { throw .malformed(offset: at, problem: "no specification") }
        return body(JobID(job), found)
    }

    private mutating func updated() throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var change = JobChange()
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2:
                var message = try message()
                change = try message.change()
            default: try skip()
            }
        }
        return .jobUpdated(JobID(job), change)
    }

    private mutating func redriven() throws(CodecError) -> JobRedriven {
        var job: UInt64 = 0
        var found: JobSpecification?
        var isProposed = false
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2:
                var message = try message()
                found = try message.specification()
            case 3: isProposed = try bool()
            default: try skip()
            }
        }
        guard let found else { throw .malformed(offset: at, problem: "no specification") }
        return JobRedriven(job: JobID(job), specification: found, isProposed: isProposed)
    }

    private mutating func dispatched(_ position: EventPosition) throws(CodecError) -> JobDispatched {
        var lease = LeaseFields()
        var candidates: UInt64 = 0
        var wait = TimeSpan.zero
        var worker: Name = ""
        var machine: Name?
        var attempt: UInt32 = 0
        var length: Int64 = 0
        var policy: DispatchPolicy?
        while try next() {
            switch field {
            case 1: lease.job = try uint()
            case 2: candidates = try uint()
            case 3: wait = TimeSpan(nanoseconds: try int())
            case 4: lease.back = try uint()
            case 5: lease.epoch = try uint()
            case 6: worker = try name()
            case 7: machine = try name()
            case 8: attempt = try uint32()
            case 9: length = try int()
            case 10: policy = try choice(DispatchPolicy.self)
            default: try skip()
            }
        }
        guard let policy else { throw .malformed(offset: at, problem: "no policy") }
        return JobDispatched(
            job: JobID(lease.job),
            token: lease.token(position),
            worker: worker,
            machine: machine,
            attempt: attempt,
            deadline: position.after(length),
            policy: policy,
            candidates: candidates,
            wait: wait
        )
    }

    private mutating func retried(_ position: EventPosition) throws(CodecError) -> JobRetried {
        var retry = JobRetried(job: JobID(0), due: position.time, backoff: .zero, jitter: .zero)
        while try next() {
            switch field {
            case 1: retry.job = JobID(try uint())
            case 2: retry.due = position.after(try int())
            case 3: retry.backoff = TimeSpan(nanoseconds: try int())
            case 4: retry.jitter = TimeSpan(nanoseconds: try int())
            default: try skip()
            }
        }
        return retry
    }

    private mutating func points() throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var series: Name = ""
        var points: [Point] = []
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2: series = try name()
            case 3:
                var message = try message()
                points.append(try message.point())
            default: try skip()
            }
        }
        return .pointsAdded(JobID(job), series: series, points: points)
    }

    private mutating func point() throws(CodecError) -> Point {
        var point = Point(step: 0, time: .zero, value: 0)
        while try next() {
            switch field {
            case 1: point.step = try uint()
            case 2: point.time = try timestamp()
            case 3: point.value = try double()
            default: try skip()
            }
        }
        return point
    }

    private mutating func died() throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var reason = ""
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2: reason = try text()
            default: try skip()
            }
        }
        return .jobDied(JobID(job), reason: reason)
    }

    private mutating func cancelled() throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var reason: CancellationReason?
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2: reason = try choice(CancellationReason.self)
            default: try skip()
            }
        }
        guard let reason else { throw .malformed(offset: at, problem: "no reason") }
        return .jobCancelled(JobID(job), reason)
    }

    private mutating func cancelRequested(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var job: UInt64 = 0
        var deadline = position.time
        while try next() {
            switch field {
            case 1: job = try uint()
            case 2: deadline = position.after(try int())
            default: try skip()
            }
        }
        return .jobCancelRequested(JobID(job), deadline: deadline)
    }
}
