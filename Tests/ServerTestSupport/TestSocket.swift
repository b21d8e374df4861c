import Foundation
package import NIOCore
import NIOPosix
package import NIOWebSocket
import Testing

/// One WebSocket, as a client sees it: frames read and written byte by byte, so that none is lost between the answer
/// that opens it and the first message.
package struct TestSocket {
    package enum Message {
        case text([String: Any])
        case close(Int)
        case pong(String)
    }

    package var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    package let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    package var received = ByteBuffer()

    /// The next message; pings are passed over.
    package mutating func next() async throws -> Message {
        while true {
            let first = try await bytes(2)
            var length = Int(first[1] & 0x7f)
            if length == 126 { length = try await bytes(2).reduce(0) { $0 << 8 | Int($1) } }
            if length == 127 { length = try await bytes(8).reduce(0) { $0 << 8 | Int($1) } }
            let data = try await bytes(length)
            switch first[0] & 0xf {
            case 1:
                let object = try JSONSerialization.jsonObject(with: Data(data))
                return .text(try #require(object as? [String: Any]))
            case 8: return .close(data.prefix(2).reduce(0) { $0 << 8 | Int($1) })
            case 10: return .pong(String(decoding: data, as: UTF8.self))
            default: continue
            }
        }
    }

    package mutating func text() async throws -> [String: Any] {
        let message = try await next()
        guard case .text(let object) = message else {
            Issue.record("\(message)")
            throw ChannelError.eof
        }
        return object
    }

    package mutating func close() async throws -> Int {
        let message = try await next()
        guard case .close(let code) = message else {
            Issue.record("\(message)")
            throw ChannelError.eof
        }
        return code
    }

    package func send(_ opcode: WebSocketOpcode, _ bytes: [UInt8], isFinal: Bool = true) async throws {
        var frame = ByteBuffer(bytes: [UInt8(webSocketOpcode: opcode) | (isFinal ? 0x80 : 0)])
        switch bytes.count {
        case ..<126: frame.writeInteger(0x80 | UInt8(bytes.count))
        case ..<65536: frame.writeMultipleIntegers(0xfe as UInt8, UInt16(bytes.count))
        default: frame.writeMultipleIntegers(0xff as UInt8, UInt64(bytes.count))
        }
        // A mask of zeros is a mask.
        frame.writeInteger(0 as UInt32)
        frame.writeBytes(bytes)
        try await outbound.write(frame)
    }

    package func send(raw bytes: [UInt8]) async throws {
        try await outbound.write(ByteBuffer(bytes: bytes))
    }

    /// Exactly so many bytes of what the server sends.
    private mutating func bytes(_ count: Int) async throws -> [UInt8] {
        while received.readableBytes < count { try await receive() }
        return received.readBytes(length: count) ?? []
    }

    private mutating func receive() async throws {
        guard var buffer = try await inbound.next(isolation: #isolation) else { throw ChannelError.eof }
        received.writeBuffer(&buffer)
    }

    /// The head of the answer to the request for the socket.
    package mutating func head() async throws -> String {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let place = received.readableBytesView.firstRange(of: end) {
                let length = place.upperBound - received.readerIndex
                return received.readString(length: length) ?? ""
            }
            try await receive()
        }
    }
}

extension TestClient {
    /// Opens a WebSocket and runs the body with it; fails where the server refuses.
    package func socket(_ path: String, _ body: (inout TestSocket) async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            let request =
                "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
            try await outbound.write(ByteBuffer(string: request))
            var socket = TestSocket(inbound: inbound.makeAsyncIterator(), outbound: outbound)
            let head = try await socket.head()
            #expect(head.hasPrefix("HTTP/1.1 101 "))
            #expect(head.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="))
            try await body(&socket)
        }
    }
}
