import Orchestration

/// Lets a part of a sequence mean what the whole meant: jobs and leases get other numbers when steps before them are
/// left out, and the commands that name them follow.
struct Renaming {
    /// What a step brought forth when the whole sequence was played.
    struct Offspring {
        var jobs: [JobID] = []
        var leases: [(job: JobID, token: LeaseToken)] = []

        init(of events: ArraySlice<Event>) {
            for event in events {
                switch event.body {
                case .jobCreated(let job, _), .suggestionMade(let job, _): jobs.append(job)
                case .jobDispatched(let lease): leases.append((lease.job, lease.token))
                default: break
                }
            }
        }
    }

    private var jobs: [JobID: JobID] = [:]
    private var tokens: [LeaseToken: LeaseToken] = [:]

    /// The same step brought this forth in the whole sequence, and that in the part.
    mutating func note(_ before: Offspring, _ after: Offspring) {
        for (old, new) in zip(before.jobs, after.jobs) { jobs[old] = new }
        for (job, token) in before.leases {
            if let new = after.leases.first(where: { $0.job == self(job) })?.token { tokens[token] = new }
        }
    }

    func callAsFunction(_ job: JobID) -> JobID { jobs[job] ?? JobID(job.rawValue + 1000) }
    func callAsFunction(_ list: [JobID]) -> [JobID] { list.map { self($0) } }

    private func callAsFunction(_ token: LeaseToken) -> LeaseToken {
        tokens[token] ?? LeaseToken(epoch: token.epoch + 1000, counter: token.counter)
    }

    private func callAsFunction(_ holder: Holder) -> Holder {
        switch holder {
        case .lease(let token): .lease(self(token))
        case .job(let job): .job(self(job))
        }
    }

    private func callAsFunction(_ job: JobSpecification) -> JobSpecification {
        var job = job
        if !job.after.isEmpty { job.after = self(job.after) }
        return job
    }

    /// Read anew from this log, unless it was wrong on purpose.
    private func callAsFunction(_ revival: FinishedJobSnapshot, _ core: CoreFixture) -> FinishedJobSnapshot {
        if let found = core.recall(self(revival.job)) { return found }
        var gone = revival
        gone.job = self(revival.job)
        return gone
    }

    func callAsFunction(_ step: TrialStep, _ core: CoreFixture) -> TrialStep {
        switch step {
        case .command(let command, let context, let entropy):
            .command(self(command, core), context, entropy: entropy)
        case .together(let group, let entropy): .together(self(group, core), entropy: entropy)
        case .each(let group, let members, let entropy):
            .each(self(group, core), members: members, entropy: entropy)
        default: step
        }
    }

    private func callAsFunction(_ group: CommandGroup, _ core: CoreFixture) -> CommandGroup {
        let members = group.members.map { member in
            var renamed = member
            renamed.command = self(member.command, core)
            return renamed
        }
        return CommandGroup(group.kind, of: members, by: group.context)
    }

    private func callAsFunction(_ command: Command, _ core: CoreFixture) -> Command {
        switch command {
        case .create(let job): .create(self(job))
        case .createMany(let list): .createMany(list.map { self($0) })
        case .createWithTasks(let job, let tasks):
            .createWithTasks(self(job), tasks: tasks.map { self($0) })
        case .suggest(let job): .suggest(self(job))
        case .suggestMany(let list): .suggestMany(list.map { self($0) })
        case .approve(let list): .approve(self(list))
        case .reject(let list): .reject(self(list))
        case .update(let job, let change): .update(self(job), change)
        case .hold(let list): .hold(self(list))
        case .unhold(let list): .unhold(self(list))
        case .cancel(let list, let isForced): .cancel(self(list), isForced: isForced)
        case .addPoints(let job, let series, let points):
            .addPoints(self(job), series: series, points: points)
        case .redrive(var redrive):
            {
                redrive.revivals = redrive.revivals.map { self($0, core) }
                return .redrive(redrive)
            }()
        case .rerun(let revival): .rerun(self(revival, core))
        case .discard(let list): .discard(self(list))
        case .prune(let list): .prune(self(list))
        case .start(let job, let worker, let lease): .start(self(job), worker: worker, lease: lease)
        case .heartbeat(let token, let progress): .heartbeat(self(token), progress)
        case .complete(let holder, let result): .complete(self(holder), result: result)
        case .completeMany(let list):
            .completeMany(list.map { Completion(self($0.holder), result: $0.result) })
        case .fail(let holder, let failure): .fail(self(holder), failure)
        case .snooze(let holder, let span): .snooze(self(holder), for: span)
        case .release(let holder): .release(self(holder))
        case .dispatch, .registerWorker, .drainWorker, .configureQueue, .setQueueStatus, .registerMachine,
            .setMachineStatus:
            command
        }
    }
}
