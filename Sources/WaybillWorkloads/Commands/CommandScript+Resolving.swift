package import Orchestration

/// What a script's jobs have become in the engine that plays it.
package struct ScriptedJobs: Sendable {
    var ids: [Name: JobID] = [:]
    /// The lease of each job that was dispatched, the newest one.
    var tokens: [JobID: LeaseToken] = [:]
    /// What the log told of jobs that had ended.
    var revivals: [JobID: FinishedJobSnapshot] = [:]

    package init(ids: [Name: JobID] = [:]) {
        self.ids = ids
    }

    /// Nil for a ref that has no id.
    func id(_ reference: JobReference) -> JobID? {
        switch reference {
        case .id(let id): id
        case .name(let ref): ids[ref]
        }
    }
}

extension CommandScript {
    /// The command as the engine takes it; `epoch` is what the virtual clock shows at zero.
    package func command(of step: Step, epoch: Timestamp, _ jobs: ScriptedJobs) throws(Unresolved) -> Command
    {
        let resolver = StepResolver(step: step, shift: epoch - zero, jobs: jobs)
        return try resolver.command()
    }
}

/// Puts numbers, tokens and moved times into one step.
private struct StepResolver {
    let step: CommandScript.Step
    let shift: TimeSpan
    let jobs: ScriptedJobs

    func command() throws(CommandScript.Unresolved) -> Command {
        switch step.command {
        case .create(let job, let tasks): try create(job, tasks)
        case .createMany(let list): .createMany(try specifications(list))
        case .suggest(let job): .suggest(try specification(job))
        case .approve(let list): .approve(try ids(list))
        case .reject(let list): .reject(try ids(list))
        case .update(let job, let change): .update(try id(job), moved(change))
        case .hold(let list): .hold(try ids(list))
        case .unhold(let list): .unhold(try ids(list))
        case .cancel(let list, let isForced): .cancel(try ids(list), isForced: isForced)
        case .addPoints(let job, let series, let points):
            .addPoints(try id(job), series: series, points: points.map(moved))
        case .redrive(let list, let patch):
            .redrive(Redrive(try revivals(list), patch: patch, approves: true))
        case .rerun(let job, _): .rerun(try revivals([job])[0])
        case .discard(let list): .discard(try ids(list))
        case .prune(let list): .prune(try ids(list))
        default: try work()
        }
    }

    private func create(
        _ job: ScriptedCommand.NewJob,
        _ tasks: [ScriptedCommand.NewJob]
    ) throws(CommandScript.Unresolved) -> Command {
        if tasks.isEmpty { return .create(try specification(job)) }
        return .createWithTasks(try specification(job), tasks: try specifications(tasks))
    }

    private func work() throws(CommandScript.Unresolved) -> Command {
        switch step.command {
        case .dispatch(let dispatch): .dispatch(dispatch)
        case .start(let job, let worker, let lease): .start(try id(job), worker: worker, lease: lease)
        case .heartbeat(let job, let progress): .heartbeat(try token(job), progress)
        case .complete(let job, let result): .complete(.job(try id(job)), result: result)
        case .completeMany(let results): .completeMany(try completions(results))
        case .fail(let job, let failure): .fail(.job(try id(job)), failure)
        case .snooze(let job, let span): .snooze(.job(try id(job)), for: span)
        case .release(let job): .release(.job(try id(job)))
        case .registerWorker(let worker): .registerWorker(worker)
        case .drainWorker(let name): .drainWorker(name: name)
        case .configureQueue(let queue): .configureQueue(queue)
        case .setQueueStatus(let name, let status): .setQueueStatus(name: name, status)
        case .registerMachine(let machine): .registerMachine(machine)
        case .setMachineStatus(let name, let status): .setMachineStatus(name: name, status)
        default: preconditionFailure("every other command is resolved before")
        }
    }

    private func id(_ reference: JobReference) throws(CommandScript.Unresolved) -> JobID {
        guard let id = jobs.id(reference) else { throw unresolved(reference) }
        return id
    }

    private func ids(_ references: [JobReference]) throws(CommandScript.Unresolved) -> [JobID] {
        var result: [JobID] = []
        for reference in references { result.append(try id(reference)) }
        return result
    }

    private func token(_ reference: JobReference) throws(CommandScript.Unresolved) -> LeaseToken {
        guard let token = jobs.tokens[try id(reference)] else { throw unresolved(reference) }
        return token
    }

    private func revivals(_ references: [JobReference]) throws(CommandScript.Unresolved)
        -> [FinishedJobSnapshot]
    {
        var result: [FinishedJobSnapshot] = []
        for reference in references {
            guard let revival = jobs.revivals[try id(reference)] else { throw unresolved(reference) }
            result.append(revival)
        }
        return result
    }

    private func completions(
        _ results: [ScriptedCommand.Completion]
    ) throws(CommandScript.Unresolved) -> [Completion] {
        var completions: [Completion] = []
        for result in results {
            completions.append(Completion(.job(try id(result.job)), result: result.payload))
        }
        return completions
    }

    private func specifications(
        _ list: [ScriptedCommand.NewJob]
    ) throws(CommandScript.Unresolved) -> [JobSpecification] {
        var result: [JobSpecification] = []
        for job in list { result.append(try specification(job)) }
        return result
    }

    private func specification(
        _ job: ScriptedCommand.NewJob
    ) throws(CommandScript.Unresolved) -> JobSpecification {
        var specification = job.specification
        specification.runAt = specification.runAt.map { $0 + shift }
        specification.expiresAt = specification.expiresAt.map { $0 + shift }
        if !job.after.isEmpty { specification.after = try ids(job.after) }
        return specification
    }

    private func moved(_ change: JobChange) -> JobChange {
        var change = change
        change.runAt = change.runAt.map { $0 + shift }
        return change
    }

    private func moved(_ point: Point) -> Point {
        Point(step: point.step, time: point.time + shift, value: point.value)
    }

    private func unresolved(_ reference: JobReference) -> CommandScript.Unresolved {
        CommandScript.Unresolved(
            ref: reference.name ?? "\(jobs.id(reference)?.description ?? "")",
            line: step.line
        )
    }
}
