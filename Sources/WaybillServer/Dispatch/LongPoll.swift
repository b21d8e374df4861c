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

    func serve() async throws -> Served {
        var served = try await settleAndTake()
        if served.leases.isEmpty, served.refused == nil, request.wait > .zero {
            await take(into: &served)
            if served.outcomes.isEmpty, let failure = served.failure { throw failure }
        }
        guard connection.hasDeparted, !served.leases.isEmpty else { return served }
        await engine.release(served.leases, by: context)
        throw EngineError.callerGone
    }

    /// What was completed stays told, whatever becomes of the wait.
    private func take(into served: inout Served) async {
        do {
            let (leases, sequence) = try await takeWaiting()
            served.leases = leases
            served.sequence = max(served.sequence, sequence)
        } catch EngineError.refused(let refusal) where !served.outcomes.isEmpty {
            served.refused = refusal
        } catch {
            served.failure = error
        }
    }

    /// Both in one call to the engine: one wake-up, one sync.
    private func settleAndTake() async throws -> Served {
        var requests: [Request] = []
        if !request.completions.isEmpty {
            requests.append(Request(.completeMany(request.completions), by: completing))
        }
        requests.append(Request(.dispatch(request.work), by: context))
        let results = try await engine.submit(requests)
        var served = Served()
        if !request.completions.isEmpty { try note(results[0], of: &served) }
        switch results[results.count - 1] {
        case .success(let committed):
            guard case .leases(let leases) = committed.value else { break }
            served.leases = leases
            served.sequence = committed.sequence
        case .failure(.refused(let refusal)) where !request.completions.isEmpty: served.refused = refusal
        case .failure(let error): throw error
        }
        return served
    }

    private func note(_ result: Result<Committed<CommandResult>, EngineError>, of served: inout Served) throws
    {
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

    /// Two commands can't share a key: the first has one of its own.
    private var completing: CommandContext {
        CommandContext(
            actor: context.actor,
            idempotencyKey: context.idempotencyKey.map { $0 + ":complete" },
            reason: context.reason,
            traceparent: context.traceparent
        )
    }

    /// Nothing when the server stops meanwhile; when the client has gone, what it was given is given back.
    private func takeWaiting() async throws -> ([Lease], UInt64) {
        var work = request.work
        work.wait = TimeSpan(nanoseconds: Int64(request.wait / .nanoseconds(1)))
        let (engine, context, patient) = (engine, context, work)
        do {
            return try await connection.interruptible {
                try await cancelWhenGracefulShutdown {
                    let taken = try await engine.dispatch(patient, by: context)
                    return (taken.value, taken.sequence)
                }
            }
        } catch EngineError.callerGone where !Task.isCancelled {
            return ([], engine.durableSequence)
        }
    }
}
