/// One event of a `text/event-stream` (WHATWG HTML, 9.2).
package struct ServerSentEvent: Sendable {
    /// Where a client goes on that lost its connection; nil for what has no such name.
    package let id: String?
    package let name: String
    /// One line.
    package let data: ArraySlice<UInt8>

    package init(id: String? = nil, name: String, data: ArraySlice<UInt8>) {
        self.id = id
        self.name = name
        self.data = data
    }

    package var bytes: [UInt8] {
        let id = id.map { "id: \($0)\n" } ?? ""
        return Array("\(id)event: \(name)\ndata: ".utf8) + data + [0x0a, 0x0a]
    }

    /// Where a client goes on that loses its connection before anything comes: a block that sets the last event's id, and
    /// is no event itself (9.2.6).
    package static func place(_ id: String) -> [UInt8] {
        Array("id: \(id)\n\n".utf8)
    }

    /// A line that clients pass over, and that keeps a connection alive.
    package static func comment(_ text: String) -> [UInt8] {
        Array(": \(text)\n\n".utf8)
    }
}
