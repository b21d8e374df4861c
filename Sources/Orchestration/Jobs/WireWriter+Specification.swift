extension WireWriter {
    mutating func specification(_ specification: JobSpecification) {
        let basics = specification.storage.basics
        let terms = specification.storage.terms.values
        name(1, basics.kind)
        name(2, basics.queue)
        text(3, basics.contentType)
        zigzag(4, basics.priority)
        if let runAt = basics.runAt { presentFixed(5, UInt64(bitPattern: runAt.nanoseconds)) }
        if let expiresAt = basics.expiresAt { presentFixed(6, UInt64(bitPattern: expiresAt.nanoseconds)) }
        names(7, basics.tags)
        map(8, basics.attributes)
        presentName(9, basics.uniqueKey)
        if specification.storage.terms !== EventCodec.Absent.terms { shared(terms) }
        data(15, basics.payload)
        presentName(16, terms.concurrencyKey)
        presentName(17, terms.fairnessKey)
        presentName(18, terms.source)
        if let confidence = terms.confidence { presentFixed(19, confidence.bitPattern) }
        if specification.storage.terms !== EventCodec.Absent.terms { relations(terms) }
        uint(25, basics.parent)
        if specification.storage.terms !== EventCodec.Absent.terms { tasks(terms) }
    }

    /// What ties a job to others.
    private mutating func relations(_ terms: JobTerms.Values) {
        if !terms.after.isEmpty {
            message(20, expected: terms.after.count * 2) { writer in
                for job in terms.after { writer.varint(job.rawValue) }
            }
        }
        if terms.onParentFailure != EventCodec.Absent.values.onParentFailure {
            uint(21, UInt64(terms.onParentFailure.rawValue))
        }
        if let window = terms.uniqueWindow { present(22, UInt64(bitPattern: window.nanoseconds)) }
        if terms.onClash != EventCodec.Absent.values.onClash { uint(23, UInt64(terms.onClash.rawValue)) }
        uint(24, terms.rerunOf?.rawValue ?? 0)
    }

    private mutating func tasks(_ terms: JobTerms.Values) {
        uint(26, UInt64(terms.taskCount))
        if terms.onTaskFailure != EventCodec.Absent.values.onTaskFailure {
            uint(27, UInt64(terms.onTaskFailure.rawValue))
        }
    }

    /// The messages that are left out when they say what the format takes for granted.
    private mutating func shared(_ terms: JobTerms.Values) {
        if terms.requirements != EventCodec.Absent.requirements {
            message(10) { $0.requirements(terms.requirements) }
        }
        if terms.retry != EventCodec.Absent.retry { message(11) { $0.retry(terms.retry) } }
        if terms.timeouts != EventCodec.Absent.timeouts { message(12) { $0.timeouts(terms.timeouts) } }
        if terms.fairnessWeight != EventCodec.Absent.fairnessWeight {
            present(13, UInt64(terms.fairnessWeight))
        }
    }

    mutating func requirements(_ value: Requirements) {
        uint(1, value.cpuMillis)
        uint(2, value.memoryMegabytes)
        uint(3, value.gpuMillis)
        uint(4, value.gpuDevices)
        names(5, value.gpuModels)
        names(6, value.labels)
        presentName(7, value.machine)
    }

    private mutating func retry(_ value: RetryPolicy) {
        uint(1, UInt64(value.maxAttempts))
        uint(2, UInt64(value.maxCrashes))
        int(3, value.base.nanoseconds)
        fixed(4, value.factor.bitPattern)
        int(5, value.cap.nanoseconds)
        fixed(6, value.jitter.bitPattern)
        names(7, value.nonRetryable)
    }

    private mutating func timeouts(_ value: Timeouts) {
        int(1, value.lease.nanoseconds)
        if let run = value.run { present(2, UInt64(bitPattern: run.nanoseconds)) }
        if let total = value.total { present(3, UInt64(bitPattern: total.nanoseconds)) }
    }

    mutating func machine(_ machine: MachineSpecification) {
        name(1, machine.name)
        uint(2, machine.cpuMillis)
        uint(3, machine.memoryMegabytes)
        uint(4, machine.gpuDevices)
        name(5, machine.gpuModel)
        names(6, machine.labels)
        map(7, machine.attributes)
    }

    /// In the order of the keys' bytes, so that equal maps are equal bytes.
    mutating func map(_ field: UInt32, _ pairs: [Name: String]) {
        guard !pairs.isEmpty else { return }
        for (key, value) in pairs.sorted(by: { $0.key < $1.key }) {
            message(field) { writer in
                writer.presentName(1, key)
                writer.presentText(2, value)
            }
        }
    }
}
