/// A queue as a value to look at.
public struct Queue: Sendable, Hashable {
    public let specification: QueueSpecification
    public let status: QueueStatus
    /// Ready jobs, held ones apart.
    public let ready: Int
    public let running: UInt32
    /// Running jobs by concurrency key.
    public let runningByKey: [String: UInt32]
    /// Whole tokens as of the last event; nil without a rate.
    public let tokens: Int?

    public var name: String { specification.name }
}
