import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Stands where HTTP begins, between the codec and the tasks.
///
/// It answers what is no HTTP with a problem, ends requests that take too long to arrive, tells the connection that its
/// client has gone, bounds how many requests wait on it, and closes after an answer that says so. Once the server was
/// told to stop, a request has a second left to arrive.
final class RequestTimeoutHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// A request was begun and did not arrive in time.
    struct RequestTimeout: Error {}

    /// Requests that may wait on one connection until those before them are answered.
    private static let mostUnanswered = 32

    private let connection: Connection
    private var patience: TimeAmount
    private var unanswered = 0
    private var readingSince: NIODeadline?
    private var closesAfterAnswer = false
    /// What is answered after all that was asked before, and ends the connection.
    private var refusal: Problem?
    /// Whether nothing that comes is read any more.
    private var isOver = false
    private var check: Scheduled<Void>?
    private var end: Scheduled<Void>?

    init(_ connection: Connection, patience: Duration) {
        self.connection = connection
        self.patience = TimeAmount(patience)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
        end?.cancel()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isOver { return }
        switch unwrapInboundIn(data) {
        case .head where unanswered == Self.mostUnanswered: return end(with: .tooManyUnanswered, context)
        case .head:
            unanswered += 1
            readingSince = .now()
            if check == nil { scheduleCheck(context, in: patience) }
        case .body: break
        case .end: readingSince = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if head.headerFields[.connection] == "close" { closesAfterAnswer = true }
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            guard closesAfterAnswer else {
                context.write(data, promise: promise)
                return refuse(context)
            }
            context.writeAndFlush(data, promise: promise)
            // Only this side, so that an answer that came before the whole request can be read; the other later.
            context.close(mode: .output, promise: nil)
            let patience = isOver ? .seconds(1) : patience
            end = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: patience) {
                context.close(promise: nil)
            }
        }
    }

    func read(context: ChannelHandlerContext) {
        if !isOver { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .inputClosed? = event as? ChannelEvent { connection.depart() }
        if event is ChannelShouldQuiesceEvent, readingSince != nil {
            patience = .seconds(1)
            check?.cancel()
            scheduleCheck(context, in: patience)
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        connection.depart()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // What is wrong with a request's body is for whoever reads it.
        guard readingSince == nil, !closesAfterAnswer, let problem = Problem(unreadable: error) else {
            return context.fireErrorCaught(error)
        }
        end(with: problem, context)
    }

    private func end(with problem: Problem, _ context: ChannelHandlerContext) {
        isOver = true
        refusal = problem
        refuse(context)
    }

    private func refuse(_ context: ChannelHandlerContext) {
        guard unanswered == 0, let problem = refusal else { return }
        refusal = nil
        unanswered += 1
        for part in problem.parts { write(context: context, data: wrapOutboundOut(part), promise: nil) }
    }

    /// One timer a connection, put off for as long as nothing is late: a request costs none.
    private func scheduleCheck(_ context: ChannelHandlerContext, in time: TimeAmount) {
        check = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: time) {
            guard let since = self.readingSince else {
                self.check = nil
                return
            }
            let late = NIODeadline.now() - since
            if late < self.patience { return self.scheduleCheck(context, in: self.patience - late) }
            context.fireErrorCaught(RequestTimeout())
        }
    }
}

extension Problem {
    fileprivate static let tooManyUnanswered = Problem(
        .tooManyRequests,
        "tooManyUnanswered",
        "more requests wait on this connection than it may have; read the answers first"
    )

    /// The whole answer, after which the connection ends.
    fileprivate var parts: [HTTPResponsePart] {
        let bytes = body(instance: "/")
        let fields: HTTPFields = [
            .contentType: "application/problem+json", .contentLength: String(bytes.count),
            .connection: "close",
        ]
        return [
            .head(HTTPResponse(status: status, headerFields: fields)), .body(ByteBuffer(bytes: bytes)),
            .end(nil),
        ]
    }
}
