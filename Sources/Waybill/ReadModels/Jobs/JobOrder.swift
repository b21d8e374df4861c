/// The order in which jobs are listed: by number, which is the order of their creation.
public enum JobOrder: Sendable, Hashable {
    /// By number, ascending.
    case oldestFirst
    /// By number, descending.
    case newestFirst
}
