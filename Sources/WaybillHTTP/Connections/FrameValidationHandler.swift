import NIOCore
import NIOWebSocket

/// What a client's frames must be (RFC 6455, 5.1 and 5.2): masked, of a known kind, and without the bits of extensions
/// that nobody agreed on.
final class FrameValidationHandler: ChannelInboundHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = WebSocketFrame

    struct Violation: Error {}

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = unwrapInboundIn(data)
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3, frame.opcode.isKnown else {
            return context.fireErrorCaught(Violation())
        }
        context.fireChannelRead(data)
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

extension WebSocketErrorCode {
    /// What answers a client's goodbye: its own code, where that is one that a goodbye may have (7.4).
    init(answering goodbye: ByteBuffer) {
        var data = goodbye
        guard data.readableBytes > 0 else {
            self = .normalClosure
            return
        }
        guard let number = data.readInteger(as: UInt16.self), data.isText else {
            self = .protocolError
            return
        }
        switch number {
        case 1000...1003, 1007...1014, 3000...4999: self.init(codeNumber: Int(number))
        default: self = .protocolError
        }
    }
}

extension ByteBuffer {
    /// Whether what is left of it is UTF-8.
    var isText: Bool { String(validating: readableBytesView, as: UTF8.self) != nil }
}
