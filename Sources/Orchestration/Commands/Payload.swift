/// Bytes with a content type; both empty when there is nothing.
public struct Payload: Sendable, Hashable {
    /// Whatever it is: the engine passes it on and never looks.
    public var bytes: [UInt8]
    /// What the bytes are, such as `application/json`; empty when nobody says.
    public var contentType: String

    /// Bytes, and what they are.
    public init(_ bytes: [UInt8] = [], contentType: String = "") {
        self.bytes = bytes
        self.contentType = contentType
    }
}
