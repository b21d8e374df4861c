import HTTPTypes
import Hummingbird
import Synchronization

/// Tells requests apart in logs: the client's own `X-Request-Id` where it gives a sound one, else a number that no
/// other request to this server has.
final class RequestNumbers: Sendable {
    private let prefix = String(UInt32.random(in: .min ... .max), radix: 36)
    private let count = Atomic<UInt64>(0)

    func next(for request: Request) -> String {
        if let given = request.headers[.requestID], Self.isSound(given) { return given }
        return "\(prefix)-\(count.add(1, ordering: .relaxed).newValue)"
    }

    private static func isSound(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
    }
}
