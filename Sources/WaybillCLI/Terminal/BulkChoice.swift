import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

/// Jobs that are chosen by what they have in common, and how fast something is done to them.
struct BulkChoice: ParsableArguments {
    @Option(help: "The dead letters of this group, as `waybill dead` numbers it.")
    var group: UInt64?

    @Option(help: "Jobs in this state: dead or cancelled.")
    var state: JobState?

    @Option(help: "… of this queue.")
    var queue: Name?

    @Option(help: "… of this kind.")
    var kind: Name?

    @Option(help: "… with this tag.")
    var tag: Name?

    @Option(help: "At most so many jobs a second.")
    var rate: Int?

    @Flag(help: "Say how many it would be, and do nothing.")
    var dryRun = false

    var isEmpty: Bool { group == nil && state == nil && queue == nil && kind == nil && tag == nil }

    func validate() throws {
        if let rate, rate < 1 { throw ValidationError("--rate must be at least 1.") }
        if group != nil, state != nil || queue != nil || kind != nil || tag != nil {
            throw ValidationError("--group says it all; it takes no other choice.")
        }
        if group == nil, !isEmpty, state != .dead, state != .cancelled {
            throw ValidationError("--state must be dead or cancelled.")
        }
    }

    /// Does the action to the jobs chosen, with a progress bar where there is a terminal.
    func run(_ action: BulkAction, _ done: String, _ options: WritingOptions) async throws {
        if dryRun { return try await count(done, options) }
        let outcome = try await options.withEngine { engine in
            // Behind the timers that were due.
            let now = try await engine.inspect { _ in }
            await engine.jobs.caughtUp(to: now.sequence)
            let jobs = try await chosen(engine.jobs, engine.deadLetters)
            let end = try await carryOut(action, jobs, engine, options)
            return BulkOutcome(end, sequence: end.sequence)
        }
        if options.json { return Output.json(outcome) }
        Output.line("\(outcome.done) of \(outcome.total) jobs \(done)")
        for refusal in outcome.refusals {
            Output.diagnostic("passed over: job \(refusal.job): \(refusal.reason)")
        }
    }

    /// Reads only: no timer fires by it.
    private func count(_ done: String, _ options: WritingOptions) async throws {
        let models = try await Recording(at: options.data).fold().models
        let jobs = try await chosen(models.jobs, models.deadLetters)
        if options.json { return Output.json(BulkOutcome(total: jobs.count, done: 0)) }
        Output.line("\(jobs.count) jobs would be \(done)")
    }

    private func chosen(_ jobs: JobsModel, _ dead: DeadLettersModel) async throws -> [JobID] {
        if let group {
            guard await dead.group(group) != nil else { throw CommandFailure("there is no group \(group)") }
            return await dead.page(of: group, limit: .max).map(\.id)
        }
        let filter = JobFilter(states: Set([state].compactMap { $0 }), queue: queue, kind: kind, tag: tag)
        return await jobs.numbers(filter).jobs
    }

    private func carryOut(
        _ action: BulkAction,
        _ jobs: [JobID],
        _ engine: Engine,
        _ options: WritingOptions
    ) async throws -> BulkProgress {
        let bar = ProgressBar("redriving")
        defer { bar.finish() }
        let operation = engine.begin(action, on: jobs, rate: rate, by: options.context())
        for await progress in operation.steps() {
            bar.show(progress.total - progress.left, of: progress.total)
        }
        return try await operation.finished()
    }
}
