import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillServer

/// Simulations that are shown no more.
///
/// What isn't finished is cancelled by force first: its holder's next word is refused.
enum SimulationDeletion {
    static let endpoint = EngineEndpoint(
        .delete,
        "/simulations/{id}",
        APIOperation("Simulations", "deleteSimulation", "Delete a simulation", "Its events stay in the log.")
            .answers(.init(204, "It is gone"))
    ) { call in
        try call.query.finish()
        let job = try call.job()
        let (engine, context) = (call.engine, call.context)
        let sequence = try await call.turns.take("simulation \(job)") {
            try await delete(job, engine, context)
        }
        return Reply(.noContent, sequence: sequence)
    }

    private static func delete(_ job: JobID, _ engine: Engine, _ context: CommandContext) async throws
        -> UInt64
    {
        if try await engine.remembers(context) {
            return try await engine.submit(.prune([job]), by: context.with(key: context.idempotencyKey))
                .sequence
        }
        let detail = try await engine.simulation(job)
        try detail.check(context)
        let prune = (Command.prune([job]), context.with(key: context.idempotencyKey))
        let cancel = (Command.cancel([job], isForced: true), context.with(key: nil))
        return try await engine.submitAll(detail.state.isTerminal ? [prune] : [cancel, prune])
    }
}

extension JobDetail {
    /// Throws when the caller expects another version.
    func check(_ context: CommandContext) throws(Problem) {
        guard let expected = context.expectedVersion, expected != version else { return }
        throw Problem(.versionConflict(id, expected: expected, actual: version))
    }
}

extension Engine {
    /// Submits commands that were found good; throws the first refusal, gives the last sequence.
    func submitAll(_ requests: [(Command, CommandContext)]) async throws -> UInt64 {
        var sequence: UInt64 = 0
        for (command, context) in requests {
            sequence = max(sequence, try await submit(command, by: context).sequence)
        }
        return sequence
    }
}
