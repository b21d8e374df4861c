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
        return .jobSucceeded(JobID(lease.job), lease.token(position), result: result)
    }

    mutating func failed(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        var failure = Failure(type: "", isRetryable: false)
        while try next() {
            switch field {
            case 4: failure.type = try text()
            case 5: failure.message = try text()
            case 6: failure.isRetryable = try bool()
            default: try leaseField(&lease)
            }
        }
        return .attemptFailed(JobID(lease.job), lease.token(position), failure)
    }

    mutating func leaseExpired(_ position: EventPosition) throws(CodecError) -> Event.Body {
        var lease = LeaseFields()
        while try next() { try leaseField(&lease) }
        return .leaseExpired(JobID(lease.job), lease.token(position))
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
