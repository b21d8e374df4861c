import NIOCore
import NIOWebSocket

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

extension WebSocketErrorCode {
    /// What a client is told of what is wrong with what it sent; nil for what isn't its fault.
    init?(blaming error: any Error) {
        switch error {
        case let fault as ClientFault: self = fault.code
        case let error as NIOWebSocketError: self = error.code
        case let error as NIOWebSocketFrameAggregator.Error: self = error.code
        default: return nil
        }
    }
}

extension NIOWebSocketError {
    fileprivate var code: WebSocketErrorCode {
        switch self {
        case .invalidFrameLength: .messageTooLarge
        case .fragmentedControlFrame, .multiByteControlFrameLength: .protocolError
        }
    }
}

extension NIOWebSocketFrameAggregator.Error {
    fileprivate var code: WebSocketErrorCode {
        switch self {
        case .tooManyFragments, .accumulatedFrameSizeIsTooLarge: .messageTooLarge
        case .nonFinalFragmentSizeIsTooSmall, .receivedNewFrameWithoutFinishingPrevious,
            .didReceiveFragmentBeforeReceivingTextOrBinaryFrame:
            .protocolError
        }
    }
}

extension ByteBuffer {
    /// Whether what is left of it is UTF-8.
    var isText: Bool { String(validating: readableBytesView, as: UTF8.self) != nil }
}
