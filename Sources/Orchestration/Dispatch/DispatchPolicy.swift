/// What decides which ready job of a queue is next.
///
/// The head of the order waits until it fits its machine, and nothing of its queue is taken before.
public enum DispatchPolicy: UInt8, CaseIterable, Sendable {
    /// Oldest creation or approval first, whatever the priorities.
    case fifo = 1
    /// Highest priority first, where waiting counts: see ``QueueSpecification/aging``.
    case priority = 2
    /// An operator named the job and the worker.
    case directed = 3
}
