import Hummingbird
import NIOCore

/// What a live answer is written to, piece by piece; a client that takes nothing for too long is let go.
// Unchecked: the one task that writes the answer uses it, and a write ends before the next begins.
package struct BodyWriter: @unchecked Sendable {
    // Unsafe for the same reason.
    nonisolated(unsafe) private var base: any ResponseBodyWriter
    private let connection: Connection
    private let stall: Duration

    init(_ base: any ResponseBodyWriter, _ connection: Connection, stall: Duration) {
        self.base = base
        self.connection = connection
        self.stall = stall
    }

    package mutating func write(_ bytes: [UInt8]) async throws {
        try await connection.patient(stall) { try await base.write(ByteBuffer(bytes: bytes)) }
    }
}
