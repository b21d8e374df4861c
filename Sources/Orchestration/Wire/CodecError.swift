/// Why bytes are not a run of events.
///
/// Offsets count from the first byte given.
public enum CodecError: Error, Sendable, Hashable {
    /// The bytes end inside a field.
    case truncated(offset: Int)
    case malformed(offset: Int, problem: String)
    /// A text that isn't UTF-8.
    case invalidText(offset: Int)
    /// No body that this reader knows: the log is newer than the reader, or damaged.
    case unknownEvent(sequence: UInt64)
}
