import Orchestration

/// One key, one command.
extension Oracle {
    /// The answer that the command got before; nil when it is new.
    func repeated(_ command: Command) throws(Refusal) -> CommandResult? {
        guard let key = context.idempotencyKey else { return nil }
        if case .heartbeat = command { return nil }
        let found = memories.first { $0.key == key && $0.actor == context.actor }
        guard let found, now < found.time + bounds.window else { return nil }
        guard Self.same(found.command, command) else { throw .keyReused(key) }
        return answer(command, found)
    }

    private func answer(_ command: Command, _ memory: OracleMemory) -> CommandResult {
        switch command {
        case .create, .suggest, .rerun: .created(JobID(memory.firstJob))
        case .createMany(let list), .suggestMany(let list):
            .createdMany(list.indices.map { JobID(memory.firstJob + UInt64($0)) })
        case .createWithTasks(_, let tasks):
            .createdMany((0...tasks.count).map { JobID(memory.firstJob + UInt64($0)) })
        case .dispatch, .start: .leases(memory.events.compactMap(lease))
        case .completeMany(let list): .outcomes(outcomes(list, memory))
        default: .done
        }
    }

    private func lease(_ sequence: UInt64) -> Lease? {
        let found = open.first { $0.state == .running && $0.token?.counter == sequence }
        guard let found, let token = found.token else { return nil }
        return Lease(
            job: found.id,
            token: token,
            deadline: found.deadline,
            attempt: found.attempts,
            machine: found.machine,
            specification: found.specification,
            traceparent: found.traceparent
        )
    }

    /// What was completed is so; what wasn't is refused for what is wrong with it now.
    private func outcomes(_ list: [Completion], _ memory: OracleMemory) -> [Refusal?] {
        var completed = memory.completed
        return list.map { item in
            if item.result.bytes.count > limits.payloadBytes {
                return .payloadTooLarge(bytes: item.result.bytes.count, limit: limits.payloadBytes)
            }
            switch item.holder {
            case .lease(let token):
                guard let place = completed.firstIndex(where: { $0.token == token }) else {
                    return .leaseLost(token)
                }
                completed.remove(at: place)
                return nil
            case .job(let id):
                if let place = completed.firstIndex(where: { $0.job == id }) {
                    completed.remove(at: place)
                    return nil
                }
                guard let job = job(id), !job.isPruned else { return .notFound(id) }
                if !job.isOpen { return .alreadyEnded(id, job.state) }
                return .notRunning(id, job.state == .running ? .ready : job.state)
            }
        }
    }

    /// The waiting time of a dispatch, and what the log tells of a job, are no part of what the caller asked.
    private static func same(_ left: Command, _ right: Command) -> Bool {
        switch (left, right) {
        case (.dispatch(var one), .dispatch(var other)):
            one.wait = .zero
            other.wait = .zero
            return one == other
        case (.redrive(let one), .redrive(let other)):
            return one.revivals.map(\.job) == other.revivals.map(\.job) && one.patch == other.patch
                && one.approves == other.approves
        case (.rerun(let one), .rerun(let other)): return one.job == other.job
        default: return left == right
        }
    }

    /// Notes what a command wrote, if it came with a key.
    func remember(_ command: Command, from first: UInt64) {
        if let key = context.idempotencyKey, !command.isHeartbeat {
            var firstJob: UInt64 = 0
            var completed: [(job: JobID, token: LeaseToken)] = []
            for body in bodies {
                switch body {
                case .jobCreated(let job, _), .suggestionMade(let job, _):
                    if firstJob == 0 { firstJob = job.rawValue }
                case .jobSucceeded(let job, let token, _): completed.append((job, token))
                default: break
                }
            }
            memories.removeAll { $0.key == key && $0.actor == context.actor }
            memories.append(
                OracleMemory(
                    actor: context.actor,
                    key: key,
                    command: command,
                    events: first...sequence,
                    firstJob: firstJob,
                    completed: completed,
                    time: now
                )
            )
        }
        forgetMemories()
    }

    func forgetMemories() {
        memories.removeAll { $0.time + bounds.window <= now }
        memories.removeFirst(max(0, memories.count - bounds.count))
    }
}

extension Command {
    fileprivate var isHeartbeat: Bool {
        if case .heartbeat = self { true } else { false }
    }
}
