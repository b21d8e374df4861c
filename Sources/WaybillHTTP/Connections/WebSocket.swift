import Logging
import NIOCore
import NIOWebSocket
import ServiceLifecycle
import Synchronization

/// The server's end of one WebSocket (RFC 6455).
///
/// Pings and closes are answered here; what else the client says is ignored. Sending waits while the client does not
/// read, and one that takes nothing for too long is let go.
package final class WebSocket: Sendable {
    /// Why the server ends a socket.
    package struct Closing: Error {
        let code: WebSocketErrorCode
        let reason: String

        /// Code 1013 of the IANA registry: there is no room at present.
        package static func tryAgainLater(_ reason: String) -> Closing {
            Closing(code: WebSocketErrorCode(codeNumber: 1013), reason: reason)
        }
    }

    private let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
    private let connection: Connection
    private let limits: ServerLimits
    private let isClosing = Mutex(false)

    private init(
        _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>,
        _ connection: Connection,
        _ limits: ServerLimits
    ) {
        self.outbound = outbound
        self.connection = connection
        self.limits = limits
    }

    /// Sends one message; several tasks may.
    package func send(_ text: [UInt8]) async throws {
        try await write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: text)))
    }

    /// Nothing follows a goodbye.
    private func write(_ frame: WebSocketFrame) async throws {
        if frame.opcode != .connectionClose, isClosing.withLock({ $0 }) { return }
        try await connection.patient(limits.stall) { try await outbound.write(frame) }
    }

    /// Says goodbye, once.
    private func close(_ code: WebSocketErrorCode, _ reason: String) async throws {
        let isFirst = isClosing.withLock { closing in
            defer { closing = true }
            return !closing
        }
        guard isFirst else { return }
        var data = ByteBuffer()
        data.write(webSocketErrorCode: code)
        data.writeString(String(reason.prefix(100)))
        try await write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
    }
}

extension WebSocket {
    /// Runs a session until it ends, the client goes, or the server stops; closes with the reason.
    static func serve(
        _ channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>,
        _ connection: Connection,
        _ limits: ServerLimits,
        _ session: @escaping WebSocketRoute.Session
    ) async {
        // What fails here is the connection, and there is nobody left to tell.
        try? await channel.executeThenClose { inbound, outbound in
            let socket = WebSocket(outbound, connection, limits)
            await withTaskGroup(of: Part.self) { group in
                group.addTask { await socket.listening(inbound) }
                group.addTask {
                    try? await socket.keepAlive()
                    return .keepAlive
                }
                group.addTask {
                    try? await socket.run(session)
                    return .session
                }
                // Closing at once would let the system drop what the client has not read yet.
                switch await group.next() {
                case .session:
                    let end = connection.closing(after: .seconds(1))
                    _ = await group.next()
                    end.cancel()
                case .faults:
                    outbound.finish()
                    await connection.departure(within: .seconds(1))
                default: break
                }
                group.cancelAll()
            }
        }
    }

    /// What goes on at a socket, by what has ended of it.
    private enum Part {
        case session, keepAlive
        /// The client has gone, or said goodbye and was answered.
        case client
        /// The client was told what was wrong with what it sent.
        case faults
    }

    private func listening(_ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>) async -> Part {
        do {
            try await listen(inbound)
            return .client
        } catch let error as NIOWebSocketError {
            try? await close(error.code, "")
        } catch let error as NIOWebSocketFrameAggregator.Error {
            try? await close(error.code, "")
        } catch is FrameValidationHandler.Violation {
            try? await close(.protocolError, "")
        } catch {
            return .client
        }
        return .faults
    }

    private func run(_ session: @escaping WebSocketRoute.Session) async throws {
        do {
            try await cancelWhenGracefulShutdown { try await session(self) }
            try Task.checkCancellation()
            try await close(.normalClosure, "done")
        } catch let closing as Closing {
            try await close(closing.code, closing.reason)
        } catch is CancellationError where !Task.isCancelled {
            try await close(.goingAway, "the server is closing")
        } catch  where Task.isShuttingDownGracefully {
            try await close(.goingAway, "the server is closing")
        } catch  where !Task.isCancelled {
            try await close(.unexpectedServerError, "the server failed")
        }
    }

    private func listen(_ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>) async throws {
        for try await frame in inbound {
            switch frame.opcode {
            case .ping: try await write(WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
            case .connectionClose:
                return try await close(WebSocketErrorCode(answering: frame.unmaskedData), "")
            case .text where !frame.unmaskedData.isText:
                return try await close(.dataInconsistentWithMessage, "")
            default: break
            }
        }
    }

    private func keepAlive() async throws {
        while true {
            try await ContinuousClock().sleep(for: limits.ping)
            try await write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
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
