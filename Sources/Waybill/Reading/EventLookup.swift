import EventLog
import Orchestration

/// Reads single events back from the log, off the cooperative pool.
///
/// One for an engine: what finds an event quickly is shared by all who look.
struct EventLookup: Sendable {
    private let log: ReadableLog
    private let archive: EventArchive

    init(_ log: ReadableLog) {
        self.log = log
        archive = EventArchive(log.files)
    }

    /// Nil for 0, to which the first event of a job links; what else isn't in the log is damage.
    ///
    /// What is asked for must be durable.
    func event(_ sequence: UInt64) async throws(EngineError) -> Event? {
        try await look { archive throws(EngineError) in try archive.event(sequence) }
    }

    /// Some looks without another's in between, at the price of one change of threads.
    func look<Value: Sendable>(
        _ body: @Sendable (isolated EventArchive) throws(EngineError) -> Value
    ) async throws(EngineError) -> Value {
        let found = await withTaskExecutorPreference(BlockingExecutor.shared) {
            await archive.look(body)
        }
        return try log.noticing { () throws(EngineError) in try found.get() }
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
    ) -> Result<Value, EngineError> {
        Result { () throws(EngineError) in try body(self) }
    }

    /// Nil for 0, to which the first event of a job links; one event is decoded, however many stand in its batch.
    func event(_ sequence: UInt64) throws(EngineError) -> Event? {
        if sequence == 0 { return nil }
        let batch = try batch(sequence)
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
        while let event = try event(next) {
            guard event.body.job == job else {
                let problem = "an event of job \(job) is expected here"
                throw .inconsistent(.contradiction(sequence: next, problem: problem))
            }
            guard visit(event) else { return }
            next = event.links.job
        }
    }

    /// The event with which a job began, found by halves: jobs have numbers in the order in which they began.
    ///
    /// For jobs that no read model knows any more; nil for one that never was.
    func firstEvent(of job: JobID, through last: UInt64) throws(EngineError) -> Event? {
        var (low, high) = (UInt64(1), last + 1)
        while low < high {
            let middle = low + (high - low) / 2
            guard let begun = try firstBirth(in: middle..<high), let number = begun.body.job, number <= job
            else {
                high = middle
                continue
            }
            if number == job { return begun }
            low = begun.sequence + 1
        }
        return nil
    }

    private func firstBirth(in range: Range<UInt64>) throws(EngineError) -> Event? {
        var next = range.lowerBound
        while next < range.upperBound {
            let batch = try batch(next)
            let found = try events(of: batch).first { $0.sequence >= next && $0.body.isBirth }
            if let found { return range.contains(found.sequence) ? found : nil }
            next = batch.lastSequence + 1
        }
        return nil
    }

    private func events(of batch: LogBatch) throws(EngineError) -> [Event] {
        do { return try EventCodec.decode(batch.payload) } catch {
            throw .undecodable(
                segment: batch.segment,
                offset: batch.offset,
                sequence: batch.firstSequence,
                error
            )
        }
    }

    private func batch(_ sequence: UInt64) throws(EngineError) -> LogBatch {
        do { return try log.batch(holding: sequence) } catch { throw .log(error) }
    }
}

extension Event.Body {
    fileprivate var isBirth: Bool {
        switch self {
        case .jobCreated, .suggestionMade: true
        default: false
        }
    }
}
