/// An event that cannot follow the state it was given to.
///
/// The state is as it was before.
public enum ApplyError: Error, Sendable, Hashable {
    /// An event is missing, or comes twice.
    case sequenceGap(expected: UInt64, found: UInt64)
    /// The event says something that the events before it rule out.
    case contradiction(sequence: UInt64, problem: String)

    /// Where in the log the contradiction is.
    public var sequence: UInt64 {
        switch self {
        case .sequenceGap(_, let found): found
        case .contradiction(let sequence, _): sequence
        }
    }
}

extension ApplyError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .sequenceGap(let expected, let found): "sequence \(found) stands where \(expected) should"
        case .contradiction(let sequence, let problem): "sequence \(sequence): \(problem)"
        }
    }
}
