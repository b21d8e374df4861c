/// Bytes with a content type; both empty when there is nothing.
public struct Payload: Sendable, Hashable {
    public var bytes: [UInt8]
    public var contentType: String

    public init(_ bytes: [UInt8] = [], contentType: String = "") {
        self.bytes = bytes
        self.contentType = contentType
    }
}
