extension CanonicalWriter {
    mutating func worker(_ record: WorkerTable.Record) {
        text(record.name)
        number(record.lastSequence)
        number(record.isDraining ? 1 : 0)
        guard let worker = record.specification else { return number(0) }
        message(room: WireBound.worker(worker)) { $0.worker(worker) }
    }

    mutating func queue(_ record: QueueRecord) {
        message(room: WireBound.queue(record.specification)) { $0.queue(record.specification) }
        number(UInt64(record.status.rawValue))
        signed(record.bucket.full.nanoseconds)
    }

    /// Oldest first.
    mutating func idempotency(_ table: IdempotencyTable) {
        signed(table.bounds.window.nanoseconds)
        number(UInt64(table.bounds.count))
        table.forEach { key, remembered in
            text(key.actor)
            text(key.key)
            number(remembered.fingerprint)
            run(remembered.run)
        }
    }

    private mutating func run(_ run: EventRun) {
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
        number(run.firstJob)
        list(run.completed) { form, completed in
            form.number(completed.job.rawValue)
            form.number(completed.token.counter)
        }
    }

    /// Of jobs that ended; those of open jobs are written with the jobs.
    mutating func windows(_ table: UniqueTable) {
        number(UInt64(table.expiries.count))
        var position = ChunkedSortedSet<UniqueTable.Expiry>.Position()
        while let expiry = table.expiries.next(&position) {
            signed(expiry.time.nanoseconds)
            number(expiry.job.rawValue)
            text(expiry.key)
        }
    }

    mutating func tasks(_ tasks: [JobID: TaskRecord]) {
        list(tasks.sorted { $0.key < $1.key }) { form, parent in
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
