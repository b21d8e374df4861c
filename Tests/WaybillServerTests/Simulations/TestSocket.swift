import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOWebSocket
import Testing

/// What came of asking for a WebSocket.
enum TestUpgrade: Sendable {
    case socket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>)
    case refused(HTTPResponseStatus?)
}

/// One WebSocket, as a client sees it.
struct TestSocket {
    enum Message {
        case text([String: Any])
        case close(Int)
        case pong(String)
    }

    var inbound: NIOAsyncChannelInboundStream<WebSocketFrame>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>

    /// The next message; pings are passed over.
    mutating func next() async throws -> Message {
        while let frame = try await inbound.next(isolation: #isolation) {
            var data = frame.unmaskedData
            switch frame.opcode {
            case .text:
                let object = try JSONSerialization.jsonObject(with: Data(data.readableBytesView))
                return .text(try #require(object as? [String: Any]))
            case .connectionClose: return .close(Int(data.readInteger(as: UInt16.self) ?? 0))
            case .pong: return .pong(String(buffer: data))
            default: continue
            }
        }
        throw ChannelError.eof
    }

    mutating func text() async throws -> [String: Any] {
        let message = try await next()
        guard case .text(let object) = message else {
            Issue.record("\(message)")
            throw ChannelError.eof
        }
        return object
    }

    mutating func close() async throws -> Int {
        let message = try await next()
        guard case .close(let code) = message else {
            Issue.record("\(message)")
            throw ChannelError.eof
        }
        return code
    }

    func send(_ opcode: WebSocketOpcode, _ bytes: [UInt8], isFinal: Bool = true) async throws {
        let data = ByteBuffer(bytes: bytes)
        try await outbound.write(
            WebSocketFrame(fin: isFinal, opcode: opcode, maskKey: .random(), data: data)
        )
    }
}

extension TestServer {
    /// Opens a WebSocket and runs the body with it; fails where the server refuses.
    func socket(_ path: String, _ body: (inout TestSocket) async throws -> Void) async throws {
        guard case .socket(let channel) = try await upgrade(path) else {
            Issue.record("\(path) was refused")
            return
        }
        try await channel.executeThenClose { inbound, outbound in
            var socket = TestSocket(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            try await body(&socket)
        }
    }

    /// Asks for a WebSocket; where that is refused, the status is what the server answers to the same head.
    func upgrade(_ path: String) async throws -> TestUpgrade {
        let port = port
        let upgrade = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let upgrader = NIOTypedWebSocketClientUpgrader<TestUpgrade>(
                        maxFrameSize: 1 << 24,
                        upgradePipelineHandler: { channel, _ in
                            channel.eventLoop.makeCompletedFuture {
                                .socket(try NIOAsyncChannel(wrappingChannelSynchronously: channel))
                            }
                        }
                    )
                    let head = HTTPRequestHead(
                        version: .http1_1,
                        method: .GET,
                        uri: path,
                        headers: ["Host": "127.0.0.1:\(port)", "Content-Length": "0"]
                    )
                    let configuration = NIOTypedHTTPClientUpgradeConfiguration<TestUpgrade>(
                        upgradeRequestHead: head,
                        upgraders: [upgrader],
                        notUpgradingCompletionHandler: { channel in
                            channel.eventLoop.makeCompletedFuture { .refused(nil) }
                        }
                    )
                    return try channel.pipeline.syncOperations
                        .configureUpgradableHTTPClientPipeline(
                            configuration: .init(upgradeConfiguration: configuration)
                        )
                }
            }
        return try await upgrade.get()
    }
}
