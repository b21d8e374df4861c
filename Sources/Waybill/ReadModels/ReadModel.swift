public import Orchestration

/// A view of the log, folded from durable events in order.
///
/// It may lag behind the writer, never ahead of the disk.
public protocol ReadModel: Actor {
    var progress: Progress { get set }

    /// Folds one event.
    func fold(_ event: Event)
}

extension ReadModel {
    /// The last sequence that this model shows.
    public var sequence: UInt64 { progress.sequence }

    /// Waits until this model shows at least `sequence`: with the sequence of a ``Committed`` answer, read
    /// your own write.
    ///
    /// False when the engine, or this model, has stopped before it got there, or the task was cancelled.
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

    func fold(_ events: [Event]) {
        var last = progress.sequence
        for event in events where event.sequence > last {
            fold(event)
            last = event.sequence
        }
        progress.reach(last)
    }

    func fold(_ batches: [CommittedBatch]) {
        for batch in batches { fold(batch.events) }
    }

    func stop() {
        progress.end()
    }
}
