import Orchestration

/// The work of a bulk operation.
struct BulkRun: Sendable {
    let action: BulkAction
    let engine: Engine
    let context: CommandContext
    let pace: BulkPace
    let ledger: BulkLedger

    func work(through jobs: [JobID]) async throws {
        do {
            for part in jobs.parts(of: action == .redrive ? BulkOperation.recalled : max(1, jobs.count)) {
                let revivals = action == .redrive ? try await recall(part) : [:]
                try await work(through: part, revivals)
            }
        } catch {
            await ledger.end()
            throw error
        }
        await ledger.end()
    }

    private func work(through jobs: [JobID], _ revivals: [JobID: FinishedJobSnapshot]) async throws {
        var step: [(job: JobID, command: Command)] = []
        var weight = 0
        for job in jobs {
            guard let command = action.command(job, revivals[job]) else { continue }
            if step.count == pace.step || weight + command.weight > BulkOperation.chunkWeight, !step.isEmpty {
                try await carryOut(step)
                (step, weight) = ([], 0)
            }
            step.append((job, command))
            weight += command.weight
        }
        if !step.isEmpty { try await carryOut(step) }
    }

    /// Until each was done or refused, however often the engine has no room for a moment.
    private func carryOut(_ step: [(job: JobID, command: Command)]) async throws {
        var left = step
        while true {
            try Task.checkCancellation()
            left = try await attempt(left)
            if left.isEmpty { break }
            try await pace.clock.sleep(for: BulkOperation.pause)
        }
        if pace.interval > .zero { try await pace.clock.sleep(for: pace.interval) }
    }

    /// What has to be tried again.
    private func attempt(
        _ step: [(job: JobID, command: Command)]
    ) async throws(EngineError) -> [(job: JobID, command: Command)] {
        let results: [Result<Committed<CommandResult>, EngineError>]
        do {
            results = try await engine.submit(each: step.map { .init($0.command) }, by: context)
        } catch {
            if error.isPassing { return step }
            throw error
        }
        return try await ledger.record(step.map(\.job), results).map { step[$0] }
    }

    /// What the log tells of the jobs; those of which it tells nothing are noted as refused.
    private func recall(_ jobs: [JobID]) async throws(EngineError) -> [JobID: FinishedJobSnapshot] {
        let revivals = try await engine.revivals(of: jobs)
        for job in jobs where revivals[job] == nil { await ledger.record(job, .notFound(job)) }
        return revivals
    }
}

extension Array {
    /// Successive parts of at most so many elements.
    func parts(of size: Int) -> some Sequence<[Element]> {
        stride(from: 0, to: count, by: size).lazy.map { Array(self[$0..<Swift.min(count, $0 + size)]) }
    }
}

/// How fast a bulk operation goes: so many jobs a second at most, in steps.
struct BulkPace: Sendable {
    /// Jobs of one step.
    let step: Int
    /// The least time from one step to the next.
    let interval: Duration
    let clock: any Clock<Duration>

    /// Nil for as fast as the engine can.
    init(perSecond rate: Int?, clock: any Clock<Duration>) {
        self.clock = clock
        guard let rate else {
            step = BulkOperation.chunk
            interval = .zero
            return
        }
        // Ten steps a second, where the rate allows it.
        step = min(BulkOperation.chunk, max(1, rate / 10))
        interval = .seconds(step) / max(1, rate)
    }
}
