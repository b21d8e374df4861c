/// A torn tail that was never promised was copied aside and cut.
public struct LogQuarantined: Sendable, Hashable {
    /// Name of the copy inside `quarantine/`.
    public var file: String
    public var bytes: UInt64

    public init(file: String, bytes: UInt64) {
        self.file = file
        self.bytes = bytes
    }
}
