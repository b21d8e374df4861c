import HTTPTypes
import Synchronization

/// Room for the bodies of all requests that are being read: many half-sent ones must not fill the memory.
final class BodyMemoryLimit: Sendable {
    private let capacity: Int
    private let taken = Mutex(0)

    init(_ capacity: Int) {
        self.capacity = capacity
    }

    /// Runs what reads a body of at most so many bytes.
    func reserving<Value>(_ bytes: Int, _ read: () async throws -> Value) async throws -> Value {
        let isThere = taken.withLock { taken in
            guard taken + bytes <= capacity else { return false }
            taken += bytes
            return true
        }
        guard isThere else {
            var problem = Problem(
                .serviceUnavailable,
                "busy",
                "the server is reading as much as it has room for",
                retryAfter: .seconds(1)
            )
            problem.endsConnection = true
            throw problem
        }
        defer { taken.withLock { $0 -= bytes } }
        return try await read()
    }
}
