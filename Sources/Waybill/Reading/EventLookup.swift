import EventLog
import Orchestration

/// Reads single events back from the log, off the cooperative pool.
///
/// One for an engine: what finds an event quickly is shared by all who look.
struct EventLookup: Sendable {
    private let archive: EventArchive

    init(_ files: any LogFS) {
        archive = EventArchive(files)
    }

    /// Nil when the log doesn't hold it.
    ///
    /// What is asked for must be durable.
    func event(_ sequence: UInt64) async throws(EngineError) -> Event? {
        try await look { archive throws(EngineError) in try archive.event(sequence) }
    }

    /// Some looks without another's in between, at the price of one change of threads.
    func look<Value: Sendable>(
        _ body: @Sendable (isolated EventArchive) throws(EngineError) -> Value
    ) async throws(EngineError) -> Value {
        try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            try await archive.look(body)
        }
    }
}

/// The events of a log by their sequences.
///
/// An actor, because what remembers the places in the log serves one at a time.
actor EventArchive {
    private let log: LogLookup

    init(_ files: any LogFS) {
        log = LogLookup(files)
    }

    func look<Value: Sendable>(
        _ body: (isolated EventArchive) throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        try body(self)
    }

    /// Nil when the log doesn't hold it; one event is decoded, however many stand in its batch.
    func event(_ sequence: UInt64) throws(EngineError) -> Event? {
        guard let batch = try batch(sequence) else { return nil }
        let event: Event?
        do {
            event = try EventCodec.decode(batch.payload, at: Int(sequence - batch.firstSequence))
        } catch {
            throw .undecodable(segment: batch.segment, offset: batch.offset, sequence: sequence, error)
        }
        guard let event, event.sequence == sequence else {
            throw .misnumbered(segment: batch.segment, offset: batch.offset, sequence: batch.firstSequence)
        }
        return event
    }

    /// A job's events backwards along their links, from `sequence` on, until `visit` says that it is enough.
    func walk(
        _ job: JobID,
        backFrom sequence: UInt64,
        _ visit: (Event) -> Bool
    ) throws(EngineError) {
        var next = sequence
        while next > 0, let event = try event(next), event.body.job == job, visit(event) {
            next = event.links.job
        }
    }

    private func batch(_ sequence: UInt64) throws(EngineError) -> LogBatch? {
        do { return try log.batch(holding: sequence) } catch { throw .log(error) }
    }
}
