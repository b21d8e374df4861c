import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// What goes out at once: a client that takes nothing holds no more than this for long.
    private static let pieceBytes = 64 << 10

    init(_ reply: Reply, sequence: UInt64) {
        var headers = reply.headers
        headers[.waybillSequence] = String(sequence)
        switch reply.body {
        case .empty: self.init(status: reply.status, headers: headers)
        case .bytes(let bytes) where bytes.count <= Self.pieceBytes:
            self.init(
                status: reply.status,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            )
        case .bytes(let bytes):
            self.init(
                status: reply.status,
                headers: headers,
                body: ResponseBody(contentLength: bytes.count) { base in
                    var writer = BodyWriter(base)
                    for start in stride(from: 0, to: bytes.count, by: Self.pieceBytes) {
                        try await writer.write(
                            Array(bytes[start..<min(start + Self.pieceBytes, bytes.count)])
                        )
                    }
                    try await base.finish(nil)
                }
            )
        case .stream(let write):
            self.init(
                status: reply.status,
                headers: headers,
                body: ResponseBody { base in
                    var writer = BodyWriter(base)
                    try await write(&writer)
                    try await base.finish(nil)
                }
            )
        }
    }

    init(_ problem: Problem, _ request: Request, sequence: UInt64) {
        var headers = problem.headers
        headers[.contentType] = "application/problem+json"
        headers[.waybillSequence] = String(sequence)
        if let after = problem.retryAfter {
            headers[.retryAfter] = String(max(1, Int((after / .seconds(1)).rounded(.up))))
        }
        if problem.endsConnection { headers[.connection] = "close" }
        var problem = problem
        problem.sequence = sequence
        let body = problem.body(instance: request.uri.path)
        self.init(
            status: problem.status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
        if request.method == .head { self = withoutBody }
    }

    /// What answers HEAD: the same, with the length of the body that isn't sent where that is known (RFC 9110, 8.6).
    var withoutBody: Response {
        let empty = ResponseBody(contentLength: body.contentLength) { try await $0.finish(nil) }
        return Response(status: status, headers: headers, body: empty)
    }
}

/// What a live answer is written to, piece by piece.
// Unchecked: the one task that writes the answer uses it, and a write ends before the next begins.
package struct BodyWriter: @unchecked Sendable {
    // Unsafe for the same reason.
    nonisolated(unsafe) private var base: any ResponseBodyWriter

    init(_ base: any ResponseBodyWriter) {
        self.base = base
    }

    /// Waits while the client takes nothing.
    package mutating func write(_ bytes: [UInt8]) async throws {
        try await base.write(ByteBuffer(bytes: bytes))
    }
}
