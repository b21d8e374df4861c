import Orchestration
import ServiceLifecycle
import Waybill
import WaybillHTTP

/// One round of a worker's: what it completed, then what it gets, waited for where there is nothing yet.
struct LongPoll: Sendable {
    struct Served: Sendable {
        var leases: [Lease] = []
        /// One for each completion; nil is success.
        var outcomes: [Refusal?] = []
        /// Why there are no leases, where completions went through all the same.
        var refused: Refusal?
        /// Why the wait for leases came to nothing.
        var failure: (any Error)?
        var sequence: UInt64 = 0
    }

    private let request: DispatchBody
    private let context: CommandContext
    private let engine: Engine
    private let connection: Connection

    init(_ request: DispatchBody, _ context: CommandContext, _ call: EngineCall) {
        self.request = request
        self.context = context
        engine = call.engine
        connection = call.connection
    }

    /// Both in one group under one key, so that what was completed is told whatever becomes of the wait.
    func serve() async throws -> Served {
        let served = try await submit()
        if served.outcomes.isEmpty, let failure = served.failure { throw failure }
        guard connection.hasDeparted, !served.leases.isEmpty else { return served }
        await engine.release(served.leases, by: context)
        throw EngineError.callerGone
    }

    private func submit() async throws -> Served {
        var members = [CommandGroup.Member(.dispatch(request.work))]
        if !request.completions.isEmpty { members.insert(.init(.completeMany(request.completions)), at: 0) }
        let (engine, context, group) = (engine, context, members)
        let outcomes = try await connection.interruptible {
            try await cancelWhenGracefulShutdown { try await engine.submit(each: group, by: context) }
        }
        var served = Served()
        if outcomes.count > 1 { try apply(outcomes[0], to: &served) }
        switch outcomes[outcomes.count - 1] {
        case .success(let committed):
            guard case .leases(let leases) = committed.value else { break }
            served.leases = leases
            served.sequence = max(served.sequence, committed.sequence)
        case .failure(.refused(let refusal)) where !served.outcomes.isEmpty: served.refused = refusal
        // The server stops, and the client is still there.
        case .failure(.callerGone) where !Task.isCancelled && !connection.hasDeparted:
            served.sequence = max(served.sequence, engine.durableSequence)
        case .failure(let error): served.failure = error
        }
        return served
    }

    private func apply(
        _ result: Result<Committed<CommandResult>, EngineError>,
        to served: inout Served
    ) throws {
        switch result {
        case .success(let committed):
            guard case .outcomes(let outcomes) = committed.value else { break }
            served.outcomes = outcomes
            served.sequence = committed.sequence
        case .failure(.refused(let refusal)):
            served.outcomes = request.completions.map { _ in refusal }
        case .failure(let error): throw error
        }
    }
}
