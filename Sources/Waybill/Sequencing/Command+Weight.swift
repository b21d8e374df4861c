import Orchestration

extension Command {
    /// What a waiting command counts at the intake: its items, and a unit for each 4 KiB of memory that they refer to, so
    /// that a few huge commands fill it as many small ones do.
    var weight: Int {
        switch self {
        case .create(let job), .suggest(let job): job.weight
        case .createMany(let jobs), .suggestMany(let jobs): max(1, jobs.reduce(0) { $0 + $1.weight })
        case .createWithTasks(let job, let tasks): job.weight + tasks.reduce(0) { $0 + $1.weight }
        case .approve(let jobs), .reject(let jobs), .cancel(let jobs, _), .hold(let jobs), .unhold(let jobs),
            .discard(let jobs), .prune(let jobs):
            max(1, jobs.count)
        case .update(_, let change): change.weight
        case .redrive(let redrive):
            max(
                1,
                redrive.revivals.reduce(0) {
                    $0 + $1.specification.weight + (redrive.patch.map { units($0.memoryBytes) } ?? 0)
                }
            )
        case .rerun(let revival): revival.specification.weight
        case .heartbeat(_, let progress): units(progress?.message.memoryBytes ?? 0)
        case .start, .snooze, .release, .drainWorker, .configureQueue, .setQueueStatus: 1
        case .registerWorker(let worker): units(worker.memoryBytes)
        case .dispatch(let request): units(request.queues.deepBytes + request.kinds.deepBytes)
        case .complete(_, let result): units(result.memoryBytes)
        case .completeMany(let completions):
            max(1, completions.reduce(0) { $0 + units($1.result.memoryBytes) })
        case .fail(_, let failure): units(failure.memoryBytes)
        case .addPoints(_, _, let points): units(points.memoryBytes)
        case .registerMachine(let machine, _): units(machine.memoryBytes)
        case .setMachineStatus: 1
        }
    }
}

extension CommandGroup {
    /// Of all its commands, and of what each of them says besides.
    var weight: Int {
        members.reduce(context.weight) { sum, member in
            sum + member.command.weight + (member.reason?.memoryBytes ?? 0) / 4096
        }
    }
}

extension CommandContext {
    /// What it adds to the command that it comes with.
    var weight: Int { memoryBytes / 4096 }
}

extension JobSpecification {
    fileprivate var weight: Int { units(memoryBytes) }
}

extension JobChange {
    fileprivate var weight: Int { units(memoryBytes) }
}

/// An item that refers to so many bytes.
private func units(_ bytes: Int) -> Int { 1 + bytes / 4096 }
