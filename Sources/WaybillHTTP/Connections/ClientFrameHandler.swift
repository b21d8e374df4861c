import NIOCore
import NIOWebSocket

/// What is wrong with what a WebSocket's client sent.
struct ClientFault: Error {
    let code: WebSocketErrorCode
}

/// What a client's frames must be (RFC 6455, 5.1 and 5.2): masked, of a known kind, and without the bits of extensions
/// that nobody agreed on; and no more of them than anybody needs who is listening.
final class ClientFrameHandler: ChannelInboundHandler, ChannelOutboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = WebSocketFrame
    typealias OutboundIn = WebSocketFrame

    /// Frames that may come at once.
    static let most = 1000
    /// As many are allowed again in each second.
    private static let perSecond: Int64 = 100

    private var allowed = most
    private var since = NIODeadline.now()
    private var isOver = false
    private var isFlood = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isOver { return }
        let frame = unwrapInboundIn(data)
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3, frame.opcode.isKnown else {
            return end(context, .protocolError)
        }
        isFlood = !allows()
        if isFlood { return end(context, .policyViolation) }
        context.fireChannelRead(data)
    }

    private func allows() -> Bool {
        if allowed == 0 {
            let passed = (NIODeadline.now() - since).nanoseconds
            let more = min(Int64(Self.most), passed / (1_000_000_000 / Self.perSecond))
            guard more > 0 else { return false }
            since = .now()
            allowed = Int(more)
        }
        allowed -= 1
        return true
    }

    private func end(_ context: ChannelHandlerContext, _ code: WebSocketErrorCode) {
        isOver = true
        context.fireErrorCaught(ClientFault(code: code))
    }

    /// From whom too much came nothing more is read.
    func read(context: ChannelHandlerContext) {
        if !isFlood { context.read() }
    }
}

extension WebSocketOpcode {
    fileprivate var isKnown: Bool {
        switch self {
        case .continuation, .text, .binary, .connectionClose, .ping, .pong: true
        default: false
        }
    }
}
