import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    init(_ reply: Reply, sequence: UInt64) {
        var headers = reply.headers
        headers[.waybillSequence] = String(sequence)
        switch reply.body {
        case .empty: self.init(status: reply.status, headers: headers)
        case .bytes(let bytes):
            self.init(
                status: reply.status,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
            )
        case .stream(let write):
            self.init(
                status: reply.status,
                headers: headers,
                body: ResponseBody { writer in
                    try await write(&writer)
                    try await writer.finish(nil)
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
