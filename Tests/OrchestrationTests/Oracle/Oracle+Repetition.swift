import Orchestration

/// What came with a key, as long as it is remembered.
struct OracleMemory {
    enum Asked {
        case alone(Command)
        case group(CommandGroup)
    }

    /// What one command of it wrote.
    struct Part {
        var events: [UInt64] = []
        var begun: [Oracle.Begun] = []
        var completed: [(job: JobID, token: LeaseToken)] = []
    }

    let actor: Name
    let key: Name
    let asked: Asked
    var time: Timestamp
    /// The sequence of its first event.
    let command: UInt64
    /// A command that came alone is member 0.
    var parts: [UInt32: Part] = [:]
    /// Whether it left nothing but leases of one request for work: then it is remembered as long as they live.
    var isLeased = false
}

/// One key, one command or group; each of a group's commands once.
extension Oracle {
    /// What the key that the context names is remembered for; nil when it is new.
    func memory(of asked: OracleMemory.Asked) throws(Refusal) -> OracleMemory? {
        guard let key = context.idempotencyKey else { return nil }
        let found = memories.first { $0.key == key && $0.actor == context.actor }
        guard let found, found.isLeased || now < found.time + bounds.window else { return nil }
        guard Self.same(found.asked, asked) else { throw .keyReused(key) }
        return found
    }

    /// Refuses a new key where there is no slot: whoever holds most, or everybody where an eighth more is used up.
    func checkSlot() throws(Refusal) {
        let kept = memories.filter { !$0.isLeased }
        guard kept.count >= bounds.count, !kept.contains(where: { $0.time + bounds.window <= now }) else {
            return
        }
        let held = Dictionary(grouping: kept, by: \.actor).mapValues(\.count)
        let own = held[context.actor] ?? 0
        guard own == held.values.max() || kept.count >= bounds.count + max(1, bounds.count / 8) else {
            return
        }
        let oldest = kept.first { own == 0 || $0.actor == context.actor }
        throw .tooManyKeys(wait: oldest.map { $0.time + bounds.window - now } ?? bounds.window)
    }

    /// What takes no slot: a request for work, and what its token tells from others.
    static func takesSlot(_ command: Command) -> Bool {
        switch command {
        case .dispatch, .start, .heartbeat: false
        default: !isOnLease(command)
        }
    }

    static func isOnLease(_ command: Command) -> Bool {
        switch command {
        case .complete(.lease, _), .fail(.lease, _), .snooze(.lease, _), .release(.lease): true
        default: false
        }
    }

    func answer(_ command: Command, _ part: OracleMemory.Part?) -> CommandResult {
        let part = part ?? OracleMemory.Part()
        return switch command {
        case .create, .suggest, .rerun: Self.one(part.begun[0])
        case .createMany, .suggestMany, .createWithTasks: Self.list(part.begun)
        case .dispatch, .start: .leases(part.events.compactMap(lease))
        case .completeMany(let list): .outcomes(outcomes(list, part))
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
    private func outcomes(_ list: [Completion], _ part: OracleMemory.Part) -> [Refusal?] {
        var completed = part.completed
        return list.map { item in
            if item.result.bytes.count > limits.payloadBytes {
                return .payloadTooLarge(
                    field: "result",
                    bytes: item.result.bytes.count,
                    limit: limits.payloadBytes
                )
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

    private static func same(_ left: OracleMemory.Asked, _ right: OracleMemory.Asked) -> Bool {
        switch (left, right) {
        case (.alone(let one), .alone(let other)): same(one, other)
        case (.group(let one), .group(let other)):
            one.kind == other.kind && one.members.count == other.members.count
                && zip(one.members, other.members).allSatisfy { same($0.command, $1.command) }
        default: false
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

    /// Remembers what a command wrote, if it came with a key.
    func remember(
        _ asked: OracleMemory.Asked?,
        _ bodies: ArraySlice<Event.Body>,
        from first: UInt64,
        _ origin: Origin
    ) {
        if let key = context.idempotencyKey, let asked {
            var part = OracleMemory.Part(events: Array(first...sequence))
            for body in bodies {
                switch body {
                case .jobCreated(let job, _), .suggestionMade(let job, _): part.begun.append(Begun(id: job))
                case .jobFound(let job): part.begun.append(Begun(id: job, isExisting: true))
                case .jobSucceeded(let job, let token, _): part.completed.append((job, token))
                default: break
                }
            }
            // A request whose leases are over by now is not remembered any more.
            forgetMemories()
            let place = memories.firstIndex { $0.key == key && $0.actor == context.actor }
            let isLeased =
                origin.member == 0
                && bodies.allSatisfy { if case .jobDispatched = $0 { true } else { false } }
            if let place, memories[place].command == origin.command {
                var memory = memories.remove(at: place)
                memory.parts[origin.member] = part
                // One that was remembered by its leases is the newest that takes a slot.
                let isMoved = memory.isLeased
                if isMoved { memory.time = now }
                memory.isLeased = false
                memories.insert(memory, at: isMoved ? memories.count : place)
            } else {
                if let place { memories.remove(at: place) }
                memories.append(
                    OracleMemory(
                        actor: context.actor,
                        key: key,
                        asked: asked,
                        time: now,
                        command: origin.command,
                        parts: [origin.member: part],
                        isLeased: isLeased
                    )
                )
            }
        }
        forgetMemories()
    }

    func forgetMemories() {
        memories.removeAll { memory in
            guard memory.isLeased else { return memory.time + bounds.window <= now }
            return memory.parts.values.allSatisfy { part in part.events.allSatisfy { lease($0) == nil } }
        }
    }
}
