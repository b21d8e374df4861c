/// A queue as a value to look at.
package struct Queue: Sendable, Hashable {
    package let specification: QueueSpecification
    package let status: QueueStatus
    /// Ready jobs, held ones apart.
    package let ready: Int
    package let running: UInt32
    /// Running jobs by concurrency key.
    package let runningByKey: [String: UInt32]
    /// Whole tokens as of the last event; nil without a rate.
    package let tokens: Int?

    package var name: String { specification.name }
}
