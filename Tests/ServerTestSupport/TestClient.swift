import Foundation
import NIOCore
package import NIOHTTP1
import NIOPosix
import Testing

/// What a test's client was answered.
package struct TestAnswer: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }

    /// The body as the JSON object that it must be.
    package func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any], "\(text)")
    }

    /// The body as the JSON list that it must be.
    package func list() throws -> [[String: Any]] {
        try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [[String: Any]], "\(text)")
    }
}

/// Asks a server on this machine: one connection a request, as the simplest clients do.
package protocol TestClient: Sendable {
    var port: Int { get }
}

extension TestClient {
    @discardableResult
    package func get(_ path: String, _ headers: [String: String] = [:]) async throws -> TestAnswer {
        try await send(.GET, path, nil, headers)
    }

    /// A body is sent as JSON unless the header fields say otherwise.
    @discardableResult
    package func post(_ path: String, _ body: String? = nil, _ headers: [String: String] = [:]) async throws
        -> TestAnswer
    {
        try await send(.POST, path, body.map { Array($0.utf8) }, headers)
    }

    @discardableResult
    package func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: [UInt8]? = nil,
        _ headers: [String: String] = [:]
    ) async throws -> TestAnswer {
        try await exchange(method, path, body, headers) { inbound in
            var head: HTTPResponseHead?
            var bytes: [UInt8] = []
            for try await part in inbound {
                switch part {
                case .head(let first): head = first
                case .body(let buffer): bytes += buffer.readableBytesView
                case .end:
                    let head = try #require(head)
                    return TestAnswer(status: Int(head.status.code), headers: head.headers, body: bytes)
                }
            }
            throw ChannelError.eof
        }
    }

    /// Reads a live answer line by line, until `body` has seen enough and returns true.
    package func follow(
        _ path: String,
        _ headers: [String: String] = [:],
        line body: (String) async throws -> Bool
    ) async throws {
        try await exchange(.GET, path, nil, headers) { inbound in
            var rest = ""
            for try await part in inbound {
                if case .end = part { return }
                guard case .body(let buffer) = part else { continue }
                rest += String(buffer: buffer)
                while let end = rest.firstIndex(of: "\n") {
                    let line = String(rest[..<end])
                    rest = String(rest[rest.index(after: end)...])
                    if try await body(line) { return }
                }
            }
        }
    }

    private func exchange<Value>(
        _ method: HTTPMethod,
        _ path: String,
        _ body: [UInt8]?,
        _ headers: [String: String],
        _ read: (NIOAsyncChannelInboundStream<HTTPClientResponsePart>) async throws -> Value
    ) async throws -> Value {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                        wrappingChannelSynchronously: channel
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
            if !fields.contains(name: "Host") { fields.add(name: "Host", value: "127.0.0.1:\(port)") }
            if let body {
                if !fields.contains(name: "Content-Length") {
                    fields.add(name: "Content-Length", value: String(body.count))
                }
                if !fields.contains(name: "Content-Type") {
                    fields.add(name: "Content-Type", value: "application/json")
                }
            }
            try await outbound.write(
                .head(HTTPRequestHead(version: .http1_1, method: method, uri: path, headers: fields))
            )
            do {
                if let body { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
                try await outbound.write(.end(nil))
            } catch is ChannelError {
                // The server may answer, and take no more, before it has read everything.
            }
            return try await read(inbound)
        }
    }

    /// Sends bytes, and reads nothing of what comes but its beginning, as long as `body` runs.
    package func silently(_ text: String, _ body: () async throws -> Void) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        do {
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(ByteBuffer(string: text))
                var iterator = inbound.makeAsyncIterator()
                _ = try await iterator.next()
                try await body()
            }
        } catch is IOError {
            // The server has closed meanwhile.
        }
    }

    /// Sends bytes as they are, closes the sending side, and gives back all that comes.
    package func raw(_ bytes: [UInt8], halfCloses: Bool = true) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(isOutboundHalfClosureEnabled: true)
                    )
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: bytes))
            if halfCloses { outbound.finish() }
            var text = ""
            do {
                for try await buffer in inbound { text += String(buffer: buffer) }
            } catch is IOError {
                // The server may close before it has read everything.
            }
            return text
        }
    }
}
