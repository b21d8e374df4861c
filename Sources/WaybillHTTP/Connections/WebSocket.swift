import Logging
import NIOCore
import NIOWebSocket
import ServiceLifecycle

/// The server's end of one WebSocket (RFC 6455).
///
/// A goodbye is answered here; what else the client says comes no further than ``ClientMessageHandler``. Sending waits
/// while the client does not read, and one that takes nothing for too long is let go.
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

    private func write(_ frame: WebSocketFrame) async throws {
        try await outbound.write(frame)
    }

    /// Says goodbye, once: nothing goes out after it.
    private func close(_ code: WebSocketErrorCode, _ reason: String) async throws {
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
            for try await goodbye in inbound {
                try await close(WebSocketErrorCode(answering: goodbye.unmaskedData), "")
                break
            }
            return .client
        } catch {
            guard let code = WebSocketErrorCode(blaming: error) else { return .client }
            // One that takes nothing isn't told either.
            let end = connection.closing(after: .seconds(1))
            try? await close(code, "")
            end.cancel()
            return .faults
        }
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

    private func keepAlive() async throws {
        while true {
            try await ContinuousClock().sleep(for: limits.ping)
            try await write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
        }
    }
}
