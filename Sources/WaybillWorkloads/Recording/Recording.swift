import Crypto
package import EventLog
package import Orchestration
package import Waybill

/// A log as it stands on disk, read without a lock: usable while another process writes it, and never changed.
package struct Recording: Sendable {
    package let files: any LogFS

    /// Throws ``EngineError/log(_:)`` when `directory` can't be read or was never a log's; it is never created.
    package init(at directory: String) throws(EngineError) {
        do { files = try RealDisk.holdingLog(at: directory) } catch { throw .log(error) }
    }

    package init(_ files: any LogFS) {
        self.files = files
    }

    /// Folds everything that is visible into the state and the read models, and shows each event to `observe`, with the last
    /// sequence that was visible when the fold began.
    package func fold(
        observing observe: (_ event: Event, _ end: UInt64) -> Void = { _, _ in }
    ) async throws(EngineError) -> (state: State, models: ReadModels) {
        let reader = try EventReader(files)
        let end = reader.visible
        var fold = LogFold()
        try await fold.read(reader) { event in observe(event, end) }
        return (fold.state, fold.models)
    }

    /// The events from `first` to `last`, in order.
    package func events(from first: UInt64 = 1, to last: UInt64 = .max, _ body: (Event) -> Void)
        throws(EngineError)
    {
        let reader = try EventReader(files, from: first)
        while let events = try reader.nextBatch() {
            for event in events where event.sequence <= last { body(event) }
            if let end = events.last, end.sequence >= last { return }
        }
    }
}

/// The digest of a history: SHA-256 over every event in its canonical encoding, then over the digest of
/// the state that they fold to.
///
/// So two histories with one digest agree in every payload, point, time and actor, and in what came of them. How
/// the events were batched, compressed and stored doesn't enter.
package struct HistoryDigest: Sendable {
    private var hash = SHA256()
    private var bytes: [UInt8] = []

    package init() {}

    /// Events in log order, from the first.
    package mutating func add(_ event: Event) {
        EventCodec.encode(event, into: &bytes)
        if bytes.count > 1 << 16 { flush() }
    }

    /// The digest in hexadecimal; `stateDigest` is that of the fold of the events added (`State.digest`).
    package mutating func finish(_ stateDigest: String) -> String {
        flush()
        hash.update(data: Array(stateDigest.utf8))
        return hash.finalize().hexadecimal
    }

    private mutating func flush() {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
