extension State {
    /// What the command, or the group, left that came with the same key before; nil for a key that is free.
    ///
    /// Refused with `keyReused` where the context's fingerprint is another one.
    func remembered(_ context: CommandContext, at now: Timestamp) throws(Refusal) -> RememberedCommand? {
        guard let key = context.idempotencyKey else { return nil }
        let digest = KeyDigest(actor: context.actor, key: key)
        guard let found = idempotency.find(digest, at: max(now, lastTime)) else { return nil }
        let fingerprint = RememberedCommand.fold(context.fingerprint)
        guard found.fingerprint == fingerprint else { throw .keyReused(key) }
        return found
    }

    /// Refuses a new key where there is no slot for it.
    func admitKey(_ context: CommandContext, at now: Timestamp) throws(Refusal) {
        if let wait = idempotency.wait(of: context.actor, at: max(now, lastTime)) {
            throw .tooManyKeys(wait: wait)
        }
    }

    /// How many idempotency keys take a slot, of how many, and when the oldest of them was used.
    package var rememberedKeys: (count: Int, limit: Int, oldest: Timestamp?) {
        (idempotency.count, idempotency.bounds.count, idempotency.oldestTime)
    }

    /// Whether a request was done before, by whatever commands.
    ///
    /// Refused with `keyReused` where its key came with another one.
    package func repeats(_ request: CommandContext, at now: Timestamp) throws(Refusal) -> Bool {
        let marked = request.marked(key: request.idempotencyKey, request.request ?? 0)
        return try remembered(marked, at: now) != nil
    }

    /// Whether a command with the context's key is remembered.
    package func remembers(_ context: CommandContext, at now: Timestamp) -> Bool {
        guard let key = context.idempotencyKey else { return false }
        return idempotency.find(KeyDigest(actor: context.actor, key: key), at: max(now, lastTime)) != nil
    }

    /// What a command answered whose events these are, or that was right and left none.
    ///
    /// Leases that have ended since are left out; what a bulk completion couldn't complete is refused as it is now.
    func answer(_ command: Command, _ run: EventRun?) -> CommandResult {
        switch command {
        case .create, .suggest, .rerun:
            let job = run?.job(at: 0) ?? JobID(0)
            return run?.isExisting(at: 0) ?? false ? .existing(job) : .created(job)
        case .createMany(let list), .suggestMany(let list): return created(list.count, run)
        case .createWithTasks(_, let tasks): return created(tasks.count + 1, run)
        case .dispatch, .start: return .leases(run?.sequences.compactMap(lease) ?? [])
        case .completeMany(let list): return .outcomes(outcomes(list, run?.completed ?? []))
        default: return .done
        }
    }

    private func created(_ count: Int, _ run: EventRun?) -> CommandResult {
        guard let run else { return .createdMany([]) }
        let places = 0..<count
        return .createdMany(places.map(run.job), existing: places.filter(run.isExisting))
    }

    /// The live lease that the event at a sequence granted.
    private func lease(_ sequence: UInt64) -> Lease? {
        guard let slot = leases[sequence] else { return nil }
        let record = jobs[slot]
        let machine = record.machine
        return Lease(
            job: record.id,
            token: record.token,
            deadline: record.deadline,
            attempt: record.attempts,
            machine: machine == JobRecord.none ? nil : machines[machine].specification.name,
            specification: record.specification,
            traceparent: traceparents[record.id]
        )
    }

    private func outcomes(_ list: [Completion], _ completed: [EventRun.Completed]) -> [Refusal?] {
        var left = completed
        return list.map { completion in
            do throws(Refusal) { try limits.check(completion.result, field: "result") } catch { return error }
            let known = left.firstIndex { completed in
                switch completion.holder {
                case .lease(let token): completed.token == token
                case .job(let job): completed.job == job
                }
            }
            if let known {
                left.remove(at: known)
                return nil
            }
            do throws(Refusal) { _ = try resolve(completion.holder, .engine) } catch { return error }
            // It runs now; it didn't then.
            switch completion.holder {
            case .lease(let token): return .leaseLost(token)
            case .job(let job): return .notRunning(job, .ready)
            }
        }
    }
}

extension Command {
    /// Whether it names the lease that it ends, so that a repetition is known by that: its key takes no slot.
    package var isOnLease: Bool {
        switch self {
        case .complete(.lease, _), .fail(.lease, _), .snooze(.lease, _), .release(.lease): true
        default: false
        }
    }

    /// Whether its key takes a slot while it is remembered.
    var takesSlot: Bool {
        switch self {
        case .dispatch, .start, .heartbeat: false
        default: true
        }
    }
}
