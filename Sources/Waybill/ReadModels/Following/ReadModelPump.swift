import Logging
import Orchestration
import Synchronization

/// Keeps the read models up with the feed, and reads on from the log where the feed no longer reaches.
///
/// One pump for all of them: a batch wakes one task, not one for each model.
struct ReadModelPump: Sendable {
    let models: ReadModels
    let feed: Feed
    let log: ReadableLog
    let logger: Logger
    let health: ReadHealth

    /// `reached` is the last sequence that every model shows already.
    func run(after reached: UInt64) async {
        do throws(EngineError) {
            var cursor = reached
            while let next = try await turn(after: cursor) { cursor = next }
        } catch {
            health.record(error)
            logger.critical("the read models stop: \(error)")
        }
        models.stop()
    }

    /// Where it has got to; nil at the end.
    private func turn(after cursor: UInt64) async throws(EngineError) -> UInt64? {
        switch await feed.next(after: cursor) {
        case .batches(let batches):
            await models.fold(batches.map(\.events))
            return batches.last?.lastSequence ?? cursor
        case .behind(let durable):
            return try await catchUp(after: cursor, to: durable)
        case .ended:
            return nil
        }
    }

    private func catchUp(after cursor: UInt64, to last: UInt64) async throws(EngineError) -> UInt64 {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            var cursor = cursor
            let reader = EventReader(log.files, from: cursor + 1, through: last)
            while let events = try log.noticing(reader.nextBatch) {
                await models.fold([events])
                cursor = events.last?.sequence ?? cursor
            }
            return cursor
        }
    }
}

/// The first error that stopped a read model; nil while all of them follow.
final class ReadHealth: Sendable {
    private let first = Mutex<EngineError?>(nil)

    var failure: EngineError? { first.withLock { $0 } }

    func record(_ error: EngineError) {
        first.withLock { $0 = $0 ?? error }
    }
}
