import Orchestration

/// The watch: one timer for the heartbeats of all leases, and for the end of the grace.
extension WorkerRun {
    func watch() async {
        while isWatchNeeded {
            let now = clock.now
            if let end = graceEnd, end <= now {
                stop()
                continue
            }
            let jobs = running
            let next = jobs.compactMap(\.nextHeartbeat).min()
            if let next, next <= now {
                await beat(jobs.filter { $0.isDue(at: now) }, at: now)
            } else {
                await watching.wait(until: [next, graceEnd].compactMap { $0 }.min())
            }
        }
    }

    private var isWatchNeeded: Bool {
        switch phase {
        case .working: true
        case .finishing, .stopping: !running.isEmpty
        case .failed: false
        }
    }

    private var graceEnd: Duration? { if case .finishing(let end) = phase { end } else { nil } }

    /// One wake-up of the engine for a thousand leases.
    private func beat(_ jobs: [RunningJob], at now: Duration) async {
        for jobs in jobs.parts(of: 1000) {
            let beats = jobs.map { CommandGroup.Member(.heartbeat($0.lease.token, nil)) }
            do throws(EngineError) {
                let answers = try await engine.submit(each: beats, by: context)
                for (job, answer) in zip(jobs, answers) { handle(answer, of: job, at: now) }
            } catch {
                for job in jobs { handle(.failure(error), of: job, at: now) }
            }
        }
    }

    private func handle(
        _ answer: Result<Committed<CommandResult>, EngineError>,
        of job: RunningJob,
        at now: Duration
    ) {
        switch answer {
        case .success(let answer): job.update(by: answer.heartbeat().value, at: now)
        case .failure(.refused(let refusal)):
            if job.lose() { warn(job, "stops, because \(refusal)") }
        case .failure(let error) where error.isPassing: job.postponeHeartbeat(at: now)
        case .failure(let error): fail(error)
        }
    }

    /// Progress is a heartbeat that is written down.
    func record(_ progress: JobProgress, of job: RunningJob) async throws(EngineError) {
        let token = job.lease.token
        if job.standing.isLost { throw .refused(.leaseLost(token)) }
        let now = clock.now
        do throws(EngineError) {
            job.update(by: try await engine.heartbeat(token, progress: progress, by: context).value, at: now)
        } catch .refused(.leaseLost) {
            if job.lose() { warn(job, "stops, because its lease is lost") }
            throw .refused(.leaseLost(token))
        } catch  where error.isPassing {
            warn(job, "its progress isn't recorded: \(error)")
        } catch {
            throw error
        }
    }

    func add(_ points: [Point], to series: Name, of job: RunningJob) async throws(EngineError) {
        if job.standing.isLost { throw .refused(.leaseLost(job.lease.token)) }
        try await engine.addPoints(points, to: series, of: job.lease.job, by: context)
    }
}
