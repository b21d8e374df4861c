import Orchestration

/// A view of the log, folded from durable events in order.
///
/// It may lag behind the writer, never ahead of the disk.
public protocol ReadModel: Actor {
    /// The last sequence that this model shows.
    var sequence: UInt64 { get }

    /// Waits until this model shows at least `sequence`: with the sequence of a ``Committed`` answer, read
    /// your own write.
    ///
    /// False when the engine, or this model, has stopped before it got there, or the task was cancelled.
    @discardableResult
    func caughtUp(to sequence: UInt64) async -> Bool
}

/// A read model with its progress: only the engine folds into it, so what it shows can't be forged.
protocol Projection: ReadModel {
    var progress: Progress { get set }
}

extension Projection {
    public var sequence: UInt64 { progress.sequence }

    @discardableResult
    public func caughtUp(to sequence: UInt64) async -> Bool {
        guard sequence > progress.sequence else { return true }
        let ticket = progress.takeTicket()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { progress.wait(for: sequence, ticket, $0) }
        } onCancel: {
            Task { await giveUp(ticket) }
        }
    }

    private func giveUp(_ ticket: UInt64) {
        progress.giveUp(ticket)
    }

    func stop() {
        progress.end()
    }
}

/// A read model that stands behind the jobs table, which says what each event meant.
protocol Follower: Projection {
    func fold(_ event: Event, _ step: JobStep)
}

extension Follower {
    func fold(_ batch: FoldedBatch) {
        for (event, step) in zip(batch.events, batch.steps) where event.sequence > progress.sequence {
            fold(event, step)
        }
        progress.reach(max(progress.sequence, batch.lastSequence))
    }
}
