public import Orchestration

/// A suggestion that waits for a decision.
public struct OpenSuggestion: Sendable, Hashable {
    public let id: JobID
    public let madeAt: Timestamp
    public let specification: JobSpecification
}
