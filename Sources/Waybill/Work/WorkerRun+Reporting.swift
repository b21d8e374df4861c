import Logging
import Orchestration

extension WorkerRun {
    /// Enough for the words of an error; a log of them would only bury the next one.
    private static let messageBytes = 8192

    /// Tells the engine what became of a job.
    ///
    /// What it refuses is said again as a failure with the refusal's words: nothing is lost without a word.
    func report(_ job: RunningJob, _ outcome: AttemptOutcome) async {
        var next: AttemptOutcome? = outcome
        while let said = next {
            next = nil
            if case .failed = phase { return warn(job, "the engine ended before its outcome was recorded") }
            if job.standing.isLost { return warn(job, "its lease was lost; what it made is dropped") }
            job.beginReport()
            do throws(EngineError) {
                try await tell(said, of: job)
            } catch .refused(.leaseLost) {
                warn(job, "its lease was lost; what it made is dropped")
            } catch .refused(let refusal) {
                warn(job, "the engine refused its outcome: \(refusal)")
                next = said.instead(refusal)
            } catch  where error.isPassing {
                warn(job, "\(error); its lease ended meanwhile, and what it made is dropped")
            } catch {
                fail(error)
            }
        }
    }

    /// Says it until the engine has room: as long as the worker works, or the lease lasts.
    private func tell(_ outcome: AttemptOutcome, of job: RunningJob) async throws(EngineError) {
        let command = outcome.command(
            .lease(job.lease.token),
            messageBytes: min(Self.messageBytes, engine.limits.payloadBytes)
        )
        _ = try await patiently(while: { isTaking || clock.now < job.standing.expiry }) {
            () async throws(EngineError) in try await engine.submit(command, by: context)
        }
    }

    func warn(_ job: RunningJob, _ words: String) {
        logger.warning("job \(job.lease.job): \(words)", metadata: ["lease": "\(job.lease.token)"])
    }
}
