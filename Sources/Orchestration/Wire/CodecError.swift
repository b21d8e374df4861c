/// Why bytes are not a run of events.
///
/// Offsets count from the first byte given.
public enum CodecError: Error, Sendable, Hashable {
    /// The bytes end inside a field.
    case truncated(offset: Int)
    /// The bytes are no event, or break off.
    case malformed(offset: Int, problem: String)
    /// A text that isn't UTF-8.
    case invalidText(offset: Int)
    /// No body that this reader knows: the log is newer than the reader, or damaged.
    case unknownEvent(sequence: UInt64)
}

extension CodecError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncated(let offset): "the bytes end inside a field, at \(offset)"
        case .malformed(let offset, let problem): "malformed at \(offset): \(problem)"
        case .invalidText(let offset): "a text at \(offset) is not UTF-8"
        case .unknownEvent(let sequence):
            "sequence \(sequence) is of a kind that this program doesn't know; use a newer one"
        }
    }
}
