/// How long things may last.
///
/// `lease` decides so far; `run` and `total` are recorded.
public struct Timeouts: Hashable, Sendable {
    /// A lease's length; also how long a cancelled worker has before it is forced.
    public var lease: Span
    public var run: Span?
    public var total: Span?

    public init(lease: Span = .seconds(60), run: Span? = nil, total: Span? = nil) {
        self.lease = lease
        self.run = run
        self.total = total
    }
}
