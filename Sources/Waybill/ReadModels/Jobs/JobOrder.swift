/// The order in which jobs are listed: by number, which is the order of their creation.
public enum JobOrder: Sendable, Hashable {
    case oldestFirst
    case newestFirst
}
