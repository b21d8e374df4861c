import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// A connection from its first byte: HTTP/1.1, or a WebSocket where the first request asks for one under a path
/// that has one.
///
/// An upgrade that isn't admitted, or that comes on a used connection, reaches the router like any request.
struct ConnectionChannel: ServerChildChannel {
    typealias Respond =
        @Sendable @concurrent (Request, consuming ResponseWriter, Connection) async throws -> Void

    enum Upgrade: Sendable {
        case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
        case webSocket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, WebSocketRoute.Session)
    }

    struct Value: ServerChildChannelValue {
        let connection: Connection
        let upgrade: EventLoopFuture<Upgrade>

        var channel: any Channel { connection.channel }
    }

    let respond: Respond
    let limits: ServerLimits
    let webSockets: WebSocketRoutes

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let connection = Connection(channel)
            let upgrades = NIOTypedHTTPServerUpgradeConfiguration<Upgrade>(
                upgraders: [upgrader(logger)],
                notUpgradingCompletionHandler: { channel in serveHTTP(channel, connection, logger) }
            )
            var pipeline = NIOUpgradableHTTPServerPipelineConfiguration(upgradeConfiguration: upgrades)
            pipeline.enablePipelining = false
            pipeline.enableErrorHandling = false
            pipeline.enableResponseHeaderValidation = false
            pipeline.decoderConfiguration.maxHeaderFieldSize = limits.headerBytes
            pipeline.decoderConfiguration.maxHeaderListSize = limits.headerBytes
            pipeline.decoderConfiguration.maxHeaderFieldCount = limits.headerCount
            let operations = channel.pipeline.syncOperations
            let upgrade = try operations.configureUpgradableHTTPServerPipeline(configuration: pipeline)
            let upgrading = try operations.handler(type: NIOTypedHTTPServerUpgradeHandler<Upgrade>.self)
            let overhead = ChunkOverheadHandler()
            let before: [any ChannelHandler] = [StalledClientHandler(patience: limits.stall), overhead]
            try operations.addHandlers(before, position: .first)
            let syntax = MessageSyntaxHandler(webSockets, overhead)
            try operations.addHandler(syntax, position: .before(upgrading))
            let silent = HandshakeTimeoutHandler(patience: limits.handshake)
            try operations.addHandler(silent)
            upgrade.assumeIsolatedUnsafeUnchecked().whenComplete { _ in
                channel.pipeline.syncOperations.removeHandler(silent, promise: nil)
            }
            return Value(connection: connection, upgrade: upgrade)
        }
    }

    private func serveHTTP(
        _ channel: any Channel,
        _ connection: Connection,
        _ logger: Logger
    ) -> EventLoopFuture<Upgrade> {
        channel.eventLoop.makeCompletedFuture {
            let operations = channel.pipeline.syncOperations
            try operations.addHandler(HTTP1ToHTTPServerCodec(secure: false))
            try operations.addHandler(RequestTimeoutHandler(connection, patience: limits.idle))
            try operations.addHandler(HTTPConnectionStateHandler(idleTimeout: limits.idle, logger: logger))
            let configuration = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>.Configuration(
                isOutboundHalfClosureEnabled: true
            )
            return .http(
                try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: configuration)
            )
        }
    }

    private func upgrader(_ logger: Logger) -> NIOTypedWebSocketServerUpgrader<Upgrade> {
        NIOTypedWebSocketServerUpgrader(
            maxFrameSize: limits.frameBytes,
            // Answered by the socket, which leaves the client the time to read why.
            enableAutomaticErrorHandling: false,
            shouldUpgrade: { channel, head in
                channel.eventLoop.makeFutureWithTask {
                    await webSockets.session(for: head) == nil ? nil : [:]
                }
            },
            upgradePipelineHandler: { channel, head in
                channel.eventLoop.makeFutureWithTask { await webSockets.session(for: head) }.flatMapThrowing {
                    session in
                    guard let session else { throw NIOWebSocketUpgradeError.unsupportedWebSocketTarget }
                    let operations = channel.pipeline.syncOperations
                    try operations.addHandler(ClientFrameHandler())
                    try operations.addHandler(
                        NIOWebSocketFrameAggregator(
                            minNonFinalFragmentSize: 0,
                            maxAccumulatedFrameCount: 64,
                            maxAccumulatedFrameSize: limits.frameBytes
                        )
                    )
                    try operations.addHandler(ClientMessageHandler())
                    let configuration = NIOAsyncChannel<WebSocketFrame, WebSocketFrame>.Configuration(
                        isOutboundHalfClosureEnabled: true
                    )
                    return .webSocket(
                        try NIOAsyncChannel(
                            wrappingChannelSynchronously: channel,
                            configuration: configuration
                        ),
                        session
                    )
                }
            }
        )
    }

    func handle(value: Value, logger: Logger) async {
        guard let upgrade = try? await value.upgrade.get() else { return }
        let task = Task {
            switch upgrade {
            case .http(let channel):
                await ServedConnection(channel: self, connection: value.connection)
                    .handleHTTP(asyncChannel: channel, logger: logger)
            case .webSocket(let channel, let session):
                await WebSocket.serve(channel, value.connection, limits, session)
            }
        }
        value.connection.attach(task)
        await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }
}

/// HTTP on one connection: each request is answered with the connection that it came by.
private struct ServedConnection: HTTPChannelHandler {
    let channel: ConnectionChannel
    let connection: Connection

    var responder: Responder {
        { [respond = channel.respond, connection] request, writer, _ in
            try await respond(request, writer, connection)
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<ConnectionChannel.Value> {
        self.channel.setup(channel: channel, logger: logger)
    }

    func handle(value: ConnectionChannel.Value, logger: Logger) async {
        await channel.handle(value: value, logger: logger)
    }
}
