/// How an event's body names a lease.
struct LeaseFields {
    var job: UInt64 = 0
    var back: UInt64 = 0
    var epoch: UInt64 = 0

    func token(_ position: EventPosition) -> LeaseToken {
        LeaseToken(epoch: epoch, counter: position.sequence &- back)
    }
}

extension WireReader {
    mutating func succeeded(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var result = Payload()
        while try next() {
            switch field {
            case 4: result.contentType = try text()
            case 5: result.bytes = try data()
            default: try leaseField(&lease)
            }
        }
        // No lease is granted by the event that ends it, so this says that there was none.
        let isAbsent = lease.back == 0 && lease.epoch == 0
        return .jobSucceeded(JobID(lease.job), isAbsent ? .absent : lease.token(position), result: result)
    }

    mutating func failed(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var failure = Failure(type: "", isRetryable: false)
        while try next() {
            switch field {
            case 4: failure.type = try name()
            case 5: failure.message = try text()
            case 6: failure.isRetryable = try bool()
            case 7: failure.retryAfter = TimeSpan(nanoseconds: try int())
            default: try leaseField(&lease)
            }
        }
        return .attemptFailed(JobID(lease.job), lease.token(position), failure)
    }

    mutating func leaseExpired(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var lastHeartbeat: Timestamp?
        while try next() {
            if field == 4 {
                lastHeartbeat = Timestamp(nanoseconds: position.time.nanoseconds &- (try int()))
            } else {
                try leaseField(&lease)
            }
        }
        return .leaseExpired(JobID(lease.job), lease.token(position), lastHeartbeat: lastHeartbeat)
    }

    mutating func leaseNamed(
        _ position: EventPosition,
        _ body: (JobID, LeaseToken) -> Event.Body
    ) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        while try next() { try leaseField(&lease) }
        return body(JobID(lease.job), lease.token(position))
    }

    mutating func snoozed(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var due = position.time
        while try next() {
            if field == 4 { due = position.after(try int()) } else { try leaseField(&lease) }
        }
        return .jobSnoozed(JobID(lease.job), lease.token(position), until: due)
    }

    mutating func progressed(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var progress = JobProgress()
        while try next() {
            switch field {
            case 4: progress.fraction = try double()
            case 5: progress.message = try text()
            default: try leaseField(&lease)
            }
        }
        return .jobProgressed(JobID(lease.job), lease.token(position), progress)
    }

    private mutating func leaseField(_ lease: inout LeaseFields) throws(CodecError) {
        switch field {
        case 1: lease.job = try uint()
        case 2: lease.back = try uint()
        case 3: lease.epoch = try uint()
        default: try skip()
        }
    }
}
