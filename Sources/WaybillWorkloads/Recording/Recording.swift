public import EventLog
public import Orchestration
public import Waybill

/// A log as it stands on disk, read without a lock: usable while another process writes it, and never changed.
public struct Recording: Sendable {
    public let files: any LogFS

    /// Throws ``EngineError/log(_:)`` when `directory` can't be read or was never a log's; it is never created.
    public init(at directory: String) throws(EngineError) {
        do throws(LogError) {
            files = try RealDisk(directory, create: false)
            if try LogPresence(in: files) == .none { throw LogError.notALog("'\(directory)' holds no log") }
        } catch {
            throw .log(error)
        }
    }

    public init(_ files: any LogFS) {
        self.files = files
    }

    /// The last sequence that readers may see; 0 for a log without events.
    public func visible() throws(EngineError) -> UInt64 {
        do { return try LogReader(files).visible } catch { throw .log(error) }
    }

    /// Folds everything that is visible into the state and the read models, and shows each event to `observe`.
    public func fold(
        observing observe: (Event) -> Void = { _ in }
    ) async throws(EngineError) -> (state: State, models: ReadModels) {
        var fold = LogFold()
        try await fold.read(files, observing: observe)
        return (fold.state, fold.models)
    }

    /// The events from `first` to `last`, in order.
    public func events(from first: UInt64 = 1, to last: UInt64 = .max, _ body: (Event) -> Void)
        throws(EngineError)
    {
        let reader = try EventReader(files, from: first)
        while let events = try reader.nextBatch() {
            for event in events where event.sequence <= last { body(event) }
            if let end = events.last, end.sequence >= last { return }
        }
    }
}
