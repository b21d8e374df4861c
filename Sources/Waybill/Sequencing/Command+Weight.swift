import Orchestration

extension Command {
    /// What a waiting command counts at the intake: its items, and a unit for each 4 KiB of bytes and texts that they
    /// carry, so that a few huge commands fill it as many small ones do.
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
            max(1, redrive.revivals.reduce(0) { $0 + $1.specification.weight + (redrive.patch?.weight ?? 0) })
        case .rerun(let revival): revival.specification.weight
        case .heartbeat(_, let progress): 1 + (progress?.message.utf8.count ?? 0) / 4096
        case .start, .snooze, .release, .drainWorker, .configureQueue, .setQueueStatus: 1
        case .registerWorker(let worker):
            1 + (worker.queues.textBytes + worker.kinds.textBytes + worker.labels.textBytes) / 4096
        case .dispatch(let request): 1 + (request.queues.textBytes + request.kinds.textBytes) / 4096
        case .complete(_, let result): result.weight
        case .completeMany(let completions): max(1, completions.reduce(0) { $0 + $1.result.weight })
        case .fail(_, let failure): 1 + (failure.type.utf8.count + failure.message.utf8.count) / 4096
        case .addPoints(_, _, let points): 1 + points.count / 128
        case .registerMachine(let machine, _):
            1 + (machine.labels.textBytes + machine.attributes.textBytes) / 4096
        case .setMachineStatus: 1
        }
    }
}

extension CommandGroup {
    /// Of all its commands, and of what each of them says besides.
    var weight: Int {
        members.reduce(context.weight) { sum, member in
            sum + member.command.weight + (member.reason?.utf8.count ?? 0) / 4096
        }
    }
}

extension CommandContext {
    /// What it adds to the command that it comes with.
    var weight: Int {
        let optional = (idempotencyKey?.utf8.count ?? 0) + (traceparent?.utf8.count ?? 0)
        return (actor.utf8.count + optional + (reason?.utf8.count ?? 0)) / 4096
    }
}

extension Payload {
    fileprivate var weight: Int { 1 + bytes.count / 4096 }
}

extension JobSpecification {
    fileprivate var weight: Int { 1 + (payload.count + tags.textBytes + attributes.textBytes) / 4096 }
}

extension JobChange {
    fileprivate var weight: Int { 1 + ((tags ?? []).textBytes + (attributes ?? [:]).textBytes) / 4096 }
}

extension [Name] {
    /// An entry counts at least what its place in the array takes.
    fileprivate var textBytes: Int { reduce(0) { $0 + 16 + $1.utf8.count } }
}

extension [Name: String] {
    fileprivate var textBytes: Int { reduce(0) { $0 + 32 + $1.key.utf8.count + $1.value.utf8.count } }
}
