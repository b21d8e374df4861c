/// How long things may last.
///
/// `lease` decides so far; `run` and `total` are recorded.
public struct Timeouts: Hashable, Sendable {
    /// A lease's length; a worker that is asked to stop has what is left of it.
    public var lease: Span
    /// Of one attempt; recorded, and not yet enforced.
    public var run: Span?
    /// From creation to the end; recorded, and not yet enforced.
    public var total: Span?

    public init(lease: Span = .seconds(60), run: Span? = nil, total: Span? = nil) {
        self.lease = lease
        self.run = run
        self.total = total
    }
}
