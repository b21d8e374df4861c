import NIOCore
import NIOWebSocket

/// Keeps nothing of what a WebSocket's client says: pings are answered, the rest is looked at and dropped.
///
/// Only its goodbye goes on. Of the pings that come while the client takes nothing the last is answered (RFC 6455, 5.5.3),
/// and nothing follows a goodbye of the server's.
final class ClientMessageHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = WebSocketFrame
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    private var ping: ByteBuffer?
    private var isClosing = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        switch frame.opcode {
        case .ping: ping = frame.unmaskedData
        case .connectionClose: context.fireChannelRead(data)
        case .text where !frame.unmaskedData.isText:
            context.fireErrorCaught(ClientFault(code: .dataInconsistentWithMessage))
        default: break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        answer(context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        answer(context)
        context.fireChannelWritabilityChanged()
    }

    private func answer(_ context: ChannelHandlerContext) {
        guard context.channel.isWritable, !isClosing, let data = ping else { return }
        ping = nil
        let pong = WebSocketFrame(fin: true, opcode: .pong, data: data)
        context.writeAndFlush(wrapOutboundOut(pong), promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if isClosing {
            promise?.succeed()
            return
        }
        isClosing = unwrapOutboundIn(data).opcode == .connectionClose
        context.write(data, promise: promise)
    }
}
