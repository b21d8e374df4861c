import Orchestration

/// A view of the log, folded from durable events in order.
///
/// It may lag behind the writer, never ahead of the disk.
package protocol ReadModel: Actor {
    /// The last sequence that this model shows.
    var sequence: UInt64 { get }

    /// Waits until this model shows at least `sequence`: with the sequence of a ``Committed`` answer, read
    /// your own write.
    ///
    /// False when the engine, or this model, has stopped before it got there, or the task was cancelled.
    @discardableResult
    func caughtUp(to sequence: UInt64) async -> Bool
}

extension ReadModel {
    /// Looks at this model at one moment: all that is read belongs together, and to the sequence that comes with it.
    package func inspect<Value: Sendable>(_ look: @Sendable (isolated Self) -> Value) -> Committed<Value> {
        Committed(look(self), sequence: sequence)
    }
}

/// A read model that the engine folds into: nobody else can, so what it shows can't be forged.
protocol Projection: ReadModel {
    nonisolated var progress: ProjectionWatermark { get }

    /// The last sequence that was folded here; what came since said nothing to this model.
    var folded: UInt64 { get }
}

extension Projection {
    package var sequence: UInt64 { max(folded, progress.sequence) }

    @discardableResult
    package func caughtUp(to sequence: UInt64) async -> Bool {
        await progress.caughtUp(to: sequence)
    }
}

/// A read model that stands behind the jobs table, which says what each event meant.
protocol Follower: Projection {
    /// The models that it is one of.
    static var mask: ProjectionMask { get }

    var folded: UInt64 { get set }

    func fold(_ event: Event, _ delta: JobDelta)
}

extension Follower {
    nonisolated var mask: ProjectionMask { Self.mask }

    func fold(_ batches: [FoldedBatch]) {
        for batch in batches where batch.mask.contains(Self.mask) {
            // By index: an iterator would copy every event, for every model.
            for index in batch.events.indices where batch.deltas[index].mask.contains(Self.mask) {
                fold(batch.events[index], batch.deltas[index])
            }
        }
        // Events that say nothing to this model are shown as well; those of a batch that was folded before are left out.
        folded = batches.last { !$0.events.isEmpty }?.events.last?.sequence ?? folded
    }
}
