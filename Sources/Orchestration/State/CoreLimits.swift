/// Bounds on what one command may carry.
///
/// A command beyond them is refused and leaves no event.
public struct CoreLimits: Sendable, Hashable {
    /// Bytes of one payload, result, error message or attribute value.
    public var payloadBytes: Int
    /// Items of one command: jobs, ids, completions, points, leases asked for.
    public var commandItems: Int
    /// UTF-8 bytes of a name: kind, queue, worker, machine, series, key, tag, label.
    public var nameBytes: Int
    /// Entries of one list inside a specification: tags, attributes, labels, models, error types.
    public var listItems: Int
    /// Whether jobs are created only in queues that were configured before.
    public var mustConfigureQueues: Bool

    /// The usual limits, but for what is named.
    public init(
        payloadBytes: Int = 256 * 1024,
        commandItems: Int = 10_000,
        nameBytes: Int = 256,
        listItems: Int = 256,
        mustConfigureQueues: Bool = false
    ) {
        self.payloadBytes = payloadBytes
        self.commandItems = commandItems
        self.nameBytes = nameBytes
        self.listItems = listItems
        self.mustConfigureQueues = mustConfigureQueues
    }

    /// A lease survives this many openings of the engine in a row; part of what a log means, never to be changed.
    static let rearms: UInt8 = 3
}
