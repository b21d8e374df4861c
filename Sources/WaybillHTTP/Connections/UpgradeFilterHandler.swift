import NIOCore
import NIOHTTP1

/// Looks at the first head of a connection.
///
/// It lets only those requests ask for an upgrade for what a WebSocket may follow; the others lose the wish, and reach the
/// router as what they are. (The upgrade handler drops the head of a request that it refuses.)
final class UpgradeFilterHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    private let webSockets: WebSocketRoutes
    private var hasSeenHead = false

    init(_ webSockets: WebSocketRoutes) {
        self.webSockets = webSockets
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What follows the first head may be no HTTP any more.
        guard !hasSeenHead, case .head(var head) = unwrapInboundIn(data) else {
            return context.fireChannelRead(data)
        }
        hasSeenHead = true
        if !webSockets.admits(head) { head.headers.remove(name: "Upgrade") }
        // The router doesn't know versions; a client of the old one reads to the end of the connection.
        if head.version.minor == 0, head.headers["Connection"].isEmpty {
            head.headers.add(name: "Connection", value: "close")
        }
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }
}
