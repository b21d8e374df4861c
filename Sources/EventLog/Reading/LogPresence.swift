/// What the names in a directory tell of a log, before anything is opened.
public enum LogPresence: Sendable {
    /// No writer has ever been here.
    case none
    /// A writer is here, or was, and has not made the first segment yet: an empty log.
    case begun
    /// Segments, or what can only exist after one did.
    case history

    /// Looks at the names in the log's directory.
    public init(in disk: any LogFS) throws(LogError) {
        let names = try asLogError { () throws(FSError) in try disk.list("") }
        let holdsHistory = names.contains { name in
            SegmentName.claims(name) || name == LogNames.durable || name == LogNames.quarantine
                || name.hasPrefix(LogNames.snapshotPrefix)
        }
        self = holdsHistory ? .history : names.contains(LogNames.lock) ? .begun : .none
    }
}
