public import Orchestration

/// A suggestion that waits for a decision.
public struct OpenSuggestion: Sendable, Hashable {
    /// The number of the suggestion, and of the job that it becomes.
    public let id: JobID
    /// When it was made, or redriven.
    public let madeAt: Timestamp
    /// What would be done.
    public let specification: JobSpecification
}
