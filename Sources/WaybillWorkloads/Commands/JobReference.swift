public import Orchestration

/// How a script names a job: by its own `ref`, or by an id that the log already holds.
public enum JobReference: Sendable, Hashable {
    case name(String)
    case id(JobID)

    /// The ref, if it is one.
    var name: String? {
        if case .name(let name) = self { name } else { nil }
    }
}
