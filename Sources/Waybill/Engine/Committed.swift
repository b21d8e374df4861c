/// An answer together with the place in the log whose state it saw.
///
/// It is durable.
public struct Committed<Value: Sendable>: Sendable {
    public let value: Value
    /// The last sequence when it was decided; a read model asked for *at least* this sees the change.
    public let sequence: UInt64

    public init(_ value: Value, sequence: UInt64) {
        self.value = value
        self.sequence = sequence
    }
}
