import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOWebSocket

/// Stands before the first request of a connection is known, when nothing else listens: closes on a stop of the
/// server and on a deadline, so that a client that says nothing holds nothing up, and answers what is no HTTP and
/// upgrades that are refused.
final class HandshakeTimeoutHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let patience: TimeAmount
    private var deadline: Scheduled<Void>?
    /// Whether nothing that comes is read any more.
    private var isOver = false

    init(patience: Duration) {
        self.patience = TimeAmount(patience)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        close(context, in: patience)
    }

    private func close(_ context: ChannelHandlerContext, in time: TimeAmount) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: time) {
            context.close(promise: nil)
        }
    }

    func read(context: ChannelHandlerContext) {
        if !isOver { context.read() }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isOver, let problem = Problem(unreadable: error) ?? Problem(upgrade: error) else { return }
        let bytes = problem.body(instance: "/")
        let head = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: problem.status.code),
            headers: [
                "Content-Type": "application/problem+json", "Content-Length": String(bytes.count),
                "Connection": "close",
            ]
        )
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        // Only this side, so that an answer that came before the whole request can be read; the other later.
        context.close(mode: .output, promise: nil)
        isOver = true
        close(context, in: .seconds(1))
    }
}

extension Problem {
    /// A live route that has nothing under this name.
    fileprivate init?(upgrade error: any Error) {
        guard error is NIOWebSocketUpgradeError else { return nil }
        self = .notFound("there is nothing to follow under this path")
    }
}
