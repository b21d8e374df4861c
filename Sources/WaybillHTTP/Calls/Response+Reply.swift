import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    /// What goes out at once: a client that takes nothing holds no more than this for long.
    private static let pieceBytes = 64 << 10

    init(_ reply: Reply, _ connection: Connection, _ limits: ServerLimits, sequence: UInt64) {
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
                    var writer = BodyWriter(base, connection, stall: limits.stall)
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
                    var writer = BodyWriter(base, connection, stall: limits.stall)
                    try await write(&writer)
                    try await base.finish(nil)
                }
            )
        }
    }

    init(_ problem: Problem, _ request: Request, sequence: UInt64) {
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .waybillSequence: String(sequence),
        ]
        if let after = problem.retryAfter {
            headers[.retryAfter] = String(max(1, Int(after / .seconds(1))))
        }
        headers[.allow] = problem.allowed
        if problem.upgrade {
            headers[.upgrade] = "websocket"
            headers[.secWebSocketVersion] = "13"
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
        if request.method == .head { self = createHeadResponse() }
    }
}
