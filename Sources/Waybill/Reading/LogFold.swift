package import EventLog
package import Orchestration

/// One pass over the log that builds the state and the read models together.
package struct LogFold: ~Copyable {
    package private(set) var state: State
    package let models = ReadModels()
    private(set) var epochs = EpochTable()

    package init(limits: LogLimits = LogLimits(), mustConfigureQueues: Bool = false) {
        state = State(
            limits: CoreLimits(
                payloadBytes: limits.payloadBytes,
                mustConfigureQueues: mustConfigureQueues
            )
        )
    }

    /// Folds what the reader gives, and shows each event to `observe`.
    package mutating func read(
        _ reader: EventReader,
        observing observe: (Event) -> Void = { _ in }
    ) async throws(EngineError) {
        while let events = try reader.nextBatch() {
            for event in events {
                do { try state.apply(event) } catch { throw .inconsistent(error) }
                observe(event)
            }
            await show(events)
        }
    }

    /// Shows events that the state has already applied to the read models.
    mutating func show(_ events: [Event]) async {
        epochs.record(events)
        await models.fold([events])
    }
}
