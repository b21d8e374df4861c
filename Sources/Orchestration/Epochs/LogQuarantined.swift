/// A torn tail that was never promised was copied aside and cut.
public struct LogQuarantined: Sendable, Hashable {
    /// Name of the copy inside `quarantine/`.
    public var file: String
    /// Its size.
    public var bytes: UInt64

    /// A file that an opening moved aside.
    public init(file: String, bytes: UInt64) {
        self.file = file
        self.bytes = bytes
    }
}
