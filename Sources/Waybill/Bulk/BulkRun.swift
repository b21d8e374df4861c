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

    private func work(through jobs: [JobID], _ revivals: [JobID: Revival]) async throws {
        for step in jobs.parts(of: pace.step) {
            try Task.checkCancellation()
            var named: [JobID] = []
            var requests: [Request] = []
            for job in step {
                guard let command = action.command(job, revivals[job]) else { continue }
                named.append(job)
                requests.append(Request(command, by: context))
            }
            try await ledger.note(named, engine.submit(requests))
            if pace.interval > .zero { try await pace.clock.sleep(for: pace.interval) }
        }
    }

    /// What the log tells of the jobs; those of which it tells nothing are noted as refused.
    private func recall(_ jobs: [JobID]) async throws(EngineError) -> [JobID: Revival] {
        let revivals = try await engine.revivals(of: jobs)
        for job in jobs where revivals[job] == nil { await ledger.note(job, .notFound(job)) }
        return revivals
    }
}

extension Array {
    /// Successive parts of at most so many elements.
    fileprivate func parts(of size: Int) -> some Sequence<[Element]> {
        stride(from: 0, to: count, by: size).lazy.map { Array(self[$0..<Swift.min(count, $0 + size)]) }
    }
}
