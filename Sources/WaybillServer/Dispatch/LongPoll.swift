import Orchestration
import ServiceLifecycle
import Waybill
import WaybillHTTP
import WaybillJSON

/// One round of a worker's: what it completed, then what it gets, waited for where there is nothing yet.
struct LongPoll: Sendable {
    struct Served: Sendable {
        var leases: [Lease] = []
        /// One for each completion; nil is success.
        var outcomes: [Refusal?] = []
        /// Why there are no leases, where completions went through all the same.
        var refused: Reason?
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
        // The server stops, and the client is still there.
        case .failure(.callerGone) where !Task.isCancelled && !connection.hasDeparted:
            served.sequence = max(served.sequence, engine.durableSequence)
        case .failure(let error):
            // What was completed is told, whatever else there is to say.
            guard !served.outcomes.isEmpty, let reason = Self.reason(error) else { throw error }
            served.refused = reason
        }
        return served
    }

    /// Nil where something is wrong with the server.
    private static func reason(_ error: EngineError) -> Reason? {
        if case .refused(let refusal) = error { return refusal.reason }
        return Problem(error).map { Reason(code: $0.code, detail: $0.detail) }
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
