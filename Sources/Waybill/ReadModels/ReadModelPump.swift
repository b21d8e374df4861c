import EventLog
import Logging
import Orchestration

/// Keeps one read model up with the feed, and reads on from the log where the feed no longer reaches.
struct ReadModelPump: Sendable {
    let model: any ReadModel
    let feed: Feed
    let files: any LogFS
    let logger: Logger
    let health: ReadHealth

    func run() async {
        do throws(EngineError) {
            while try await turn() {}
        } catch {
            health.note(error)
            logger.critical("the read model \(type(of: model)) stops: \(error)")
        }
        await model.stop()
    }

    private func turn() async throws(EngineError) -> Bool {
        let reached = await model.sequence
        switch await feed.next(after: reached) {
        case .batches(let batches): await model.fold(batches)
        case .behind(let durable): try await catchUp(from: reached + 1, to: durable)
        case .ended: return false
        }
        return true
    }

    private func catchUp(from first: UInt64, to last: UInt64) async throws(EngineError) {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            let reader = try EventReader(files, from: first)
            while await model.sequence < last, let events = try reader.nextBatch() {
                await model.fold(events)
            }
        }
    }
}
