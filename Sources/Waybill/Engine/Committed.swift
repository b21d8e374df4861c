/// An answer together with the place in the log whose state it saw.
///
/// It is durable.
public struct Committed<Value: Sendable>: Sendable {
    /// The answer.
    public let value: Value
    /// The last sequence when it was decided; a read model asked for *at least* this sees the change.
    public let sequence: UInt64

    /// An answer and its place.
    public init(_ value: Value, sequence: UInt64) {
        self.value = value
        self.sequence = sequence
    }
}
