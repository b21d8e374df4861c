extension State {
    /// The state as bytes: equal states give equal bytes, however they came about.
    ///
    /// Fixed order of fields, machines and workers in the order of their first event, jobs by number; no hash seed,
    /// slot number or batch boundary shows. Handed out in pieces of about 64 KiB, to be hashed; where the pieces end
    /// means nothing. Costs as much as there are jobs, finished ones included.
    public func canonicalForm(_ sink: (UnsafeRawBufferPointer) -> Void) {
        var form = CanonicalWriter()
        form.number(CanonicalWriter.version)
        form.number(lastSequence)
        form.signed(lastTime.nanoseconds)
        form.number(epoch)
        form.number(UInt64(clock?.rawValue ?? 0))
        form.list(quarantined.sorted()) { $0.name($1) }
        form.list(machines.records) { $0.machine($1) }
        form.list(workers.records) { $0.worker($1) }
        form.list(queues.records) { $0.queue($1) }
        form.idempotency(idempotency)
        form.windows(unique)
        form.prunes(prunes.keys)
        form.tasks(tasks)
        form.number(jobs.count)
        for number in 0..<jobs.count {
            guard let entry = jobs.entry(JobID(number + 1)) else { continue }
            if let slot = entry.slot { form.job(jobs[slot], self) } else { form.number(entry.rawValue) }
            form.pour(into: sink, atLeast: 1 << 16)
        }
        form.pour(into: sink, atLeast: 1)
    }
}

/// Writes values of known width, texts and lists with their length in front.
struct CanonicalWriter {
    static let version: UInt64 = 3

    private var bytes: [UInt8] = []

    mutating func number(_ value: UInt64) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func signed(_ value: Int64) {
        number(UInt64(bitPattern: value))
    }

    mutating func text(_ value: String) {
        number(UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    mutating func name(_ value: Name) { text(value.text) }

    mutating func list<Element>(_ items: [Element], _ write: (inout CanonicalWriter, Element) -> Void) {
        number(UInt64(items.count))
        for item in items { write(&self, item) }
    }

    /// The protobuf form, which is canonical too.
    mutating func message(capacity: Int, _ write: (inout WireWriter) -> Void) {
        WireWriter.append(capacity: capacity, to: &bytes) { $0.message(1, write) }
    }

    mutating func machine(_ record: MachineRecord) {
        message(capacity: WireBound.machine(record.specification)) { $0.machine(record.specification) }
        number(UInt64(record.status.rawValue))
        number(record.leasedCPUMillis)
        number(record.lastSequence)
    }

    mutating func job(_ record: JobRecord, _ state: State) {
        number(record.lastSequence)
        number(UInt64(record.state.rawValue))
        number(record.order)
        signed(record.since.nanoseconds)
        signed(record.moment.nanoseconds)
        signed(record.rank)
        signed(record.started.nanoseconds)
        signed(record.leaseLength.nanoseconds)
        number(UInt64(record.parents.pending))
        number(record.parents.failed)
        number(record.isHeld ? 1 : 0)
        signed(record.uniqueKey.flatMap(state.unique.until)?.nanoseconds ?? .min)
        number(record.token.epoch)
        number(record.token.counter)
        number(UInt64(record.attempts))
        number(UInt64(record.failures))
        number(UInt64(record.crashes))
        number(UInt64(record.rearms))
        number(record.isCancelRequested ? 1 : 0)
        text(state.traceparents.isEmpty ? "" : state.traceparents[record.id] ?? "")
        name(record.worker == JobRecord.none ? "" : state.workers[record.worker].name)
        name(record.machine == JobRecord.none ? "" : state.machines[record.machine].specification.name)
        list(record.series) { form, tally in
            form.name(tally.name)
            form.number(tally.count)
            form.number(tally.lastStep)
        }
        message(capacity: WireBound.specification(record.specification)) {
            $0.specification(record.specification)
        }
    }

    mutating func pour(into sink: (UnsafeRawBufferPointer) -> Void, atLeast size: Int) {
        guard bytes.count >= size else { return }
        // Unsafe for the duration of the call, which copies nothing: hashing takes bytes where they lie.
        bytes.withUnsafeBytes(sink)
        bytes.removeAll(keepingCapacity: true)
    }
}

extension CanonicalWriter {
    mutating func worker(_ record: WorkerTable.Record) {
        name(record.name)
        number(record.lastSequence)
        number(record.isDraining ? 1 : 0)
        guard let worker = record.specification else { return number(0) }
        message(capacity: WireBound.worker(worker)) { $0.worker(worker) }
    }

    mutating func queue(_ record: QueueRecord) {
        message(capacity: WireBound.queue(record.specification)) { $0.queue(record.specification) }
        number(UInt64(record.status.rawValue))
        signed(record.bucket.full.nanoseconds)
    }

    mutating func run(_ run: EventRun) {
        if case .members(let members) = run.content {
            // Which no sequence is: what a single command wrote begins with one.
            number(0)
            number(run.first)
            return list(members) { form, member in
                form.number(UInt64(member.index))
                form.run(member.run)
            }
        }
        number(run.first)
        number(run.sequences.upperBound - 1)
        switch run.content {
        case .found(let job): items([.init(job: job, isExisting: true)])
        case .listed(let items): self.items(items)
        default: number(run.job(at: 0).rawValue)
        }
        list(run.completed) { form, completed in
            form.number(completed.job.rawValue)
            form.number(completed.token.counter)
        }
    }

    private mutating func items(_ items: [EventRun.Listed]) {
        // Which no job is.
        number(.max)
        list(items) { form, item in
            form.number(item.job)
            form.number(item.isExisting ? 1 : 0)
        }
    }

    /// Of jobs that ended; those of open jobs are written with the jobs.
    mutating func windows(_ table: UniqueTable) {
        number(UInt64(table.expiries.count))
        var position = ChunkedSortedSet<UniqueTable.Expiry>.Position()
        while let expiry = table.expiries.next(&position) {
            signed(expiry.time.nanoseconds)
            number(expiry.job.rawValue)
            name(expiry.key)
        }
    }

    mutating func tasks(_ tasks: BranchedDictionary<JobID, TaskRecord>) {
        list(tasks.all.sorted { $0.key < $1.key }) { form, parent in
            form.number(parent.key.rawValue)
            form.number(UInt64(parent.value.total))
            form.number(UInt64(parent.value.succeeded))
            form.number(UInt64(parent.value.failed))
            form.number(parent.value.decision)
        }
    }

    mutating func prunes(_ prunes: ChunkedSortedSet<PruneKey>) {
        number(UInt64(prunes.count))
        var position = ChunkedSortedSet<PruneKey>.Position()
        while let key = prunes.next(&position) {
            signed(key.time.nanoseconds)
            number(key.job.rawValue)
        }
    }
}
