/// One thing that a simulated process does with its log.
package enum LogStep: Hashable, Sendable {
    /// Makes room, then appends one batch with a payload of so many bytes.
    case append(bytes: Int)
    /// Makes room for the largest batch, rolling to a new segment where the present one is too full.
    case reserve
    /// An orderly end and a new beginning.
    case reopen
    /// An orderly end; nothing follows.
    case close
}

extension LogStep: CustomStringConvertible {
    package var description: String {
        switch self {
        case .append(let bytes): "append \(bytes) bytes"
        case .reserve: "reserve"
        case .reopen: "close and open"
        case .close: "close"
        }
    }
}
