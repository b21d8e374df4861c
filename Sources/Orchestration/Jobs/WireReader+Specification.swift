extension WireReader {
    mutating func specification() throws(CodecError) -> JobSpecification {
        var basics = JobSpecification.Basics()
        var terms = EventCodec.Absent.values
        var isPlain = true
        while try next() {
            switch field {
            case 1: basics.kind = try name()
            case 2: basics.queue = try name()
            case 3: basics.contentType = try text()
            case 4: basics.priority = try zigzag()
            case 5: basics.runAt = try timestamp()
            case 6: basics.expiresAt = try timestamp()
            case 7: basics.tags.append(try name())
            case 8: try pair(into: &basics.attributes)
            case 9: basics.uniqueKey = try name()
            case 15: basics.payload = try data()
            case 25: basics.parent = try uint()
            default:
                isPlain = false
                try term(&terms)
            }
        }
        return JobSpecification(basics: basics, terms: isPlain ? EventCodec.Absent.terms : .holding(terms))
    }

    private mutating func term(_ terms: inout JobTerms.Values) throws(CodecError) {
        switch field {
        case 10:
            var message = try message()
            terms.requirements = try message.requirements()
        case 11:
            var message = try message()
            terms.retry = try message.retry()
        case 12:
            var message = try message()
            terms.timeouts = try message.timeouts()
        case 13: terms.fairnessWeight = try uint32()
        case 16: terms.concurrencyKey = try name()
        case 17: terms.fairnessKey = try name()
        case 18: terms.source = try name()
        case 19: terms.confidence = try double()
        case 20: for job in try uints() { terms.after.append(JobID(job)) }
        case 21: terms.onParentFailure = try choice(ParentFailureRule.self)
        case 22: terms.uniqueWindow = TimeSpan(nanoseconds: try int())
        case 23: terms.onClash = try choice(ClashRule.self)
        case 24: terms.rerunOf = JobID(try uint())
        case 26: terms.taskCount = try uint32()
        case 27: terms.onTaskFailure = try choice(ParentFailureRule.self)
        default: try skip()
        }
    }

    mutating func requirements() throws(CodecError) -> Requirements {
        var value = Requirements()
        while try next() {
            switch field {
            case 1: value.cpuMillis = try uint()
            case 2: value.memoryMegabytes = try uint()
            case 3: value.gpuMillis = try uint()
            case 4: value.gpuDevices = try uint()
            case 5: value.gpuModels.append(try name())
            case 6: value.labels.append(try name())
            case 7: value.machine = try name()
            default: try skip()
            }
        }
        return value
    }

    private mutating func retry() throws(CodecError) -> RetryPolicy {
        var value = RetryPolicy(maxAttempts: 0, maxCrashes: 0, base: .zero, factor: 0, cap: .zero, jitter: 0)
        while try next() {
            switch field {
            case 1: value.maxAttempts = try uint32()
            case 2: value.maxCrashes = try uint32()
            case 3: value.base = TimeSpan(nanoseconds: try int())
            case 4: value.factor = try double()
            case 5: value.cap = TimeSpan(nanoseconds: try int())
            case 6: value.jitter = try double()
            case 7: value.nonRetryable.append(try name())
            default: try skip()
            }
        }
        return value
    }

    private mutating func timeouts() throws(CodecError) -> Timeouts {
        var value = Timeouts(lease: .zero)
        while try next() {
            switch field {
            case 1: value.lease = TimeSpan(nanoseconds: try int())
            case 2: value.run = TimeSpan(nanoseconds: try int())
            case 3: value.total = TimeSpan(nanoseconds: try int())
            default: try skip()
            }
        }
        return value
    }
}
