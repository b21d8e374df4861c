import HTTPTypes
import NIOCore
import NIOHTTP1

/// Holds messages to HTTP/1.1 (RFC 9112) where the decoder and encoder beside it don't.
///
/// A request has one Host, or is of an older version; its target is brought into one form; its body is framed in a way
/// that is known. An answer to HEAD has no body, and one to a client of the old version no chunks.
///
/// Of those that ask for an upgrade only the first request passes, and only where a WebSocket may follow; the others lose
/// the wish, and reach the router as what they are. (The upgrade handler drops the head of a request that it refuses.)
final class MessageSyntaxHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        case first, later
        /// What follows is no HTTP any more, or nothing that can be read.
        case over
        case webSocket
    }

    /// What an answer depends on of its request.
    private struct Asked {
        let isHead: Bool
        let isOld: Bool
    }

    private let webSockets: WebSocketRoutes
    private let overhead: ChunkOverheadHandler
    private var phase = Phase.first
    private var unanswered = CircularBuffer<Asked>(initialCapacity: 1)
    private var answered: Asked?
    /// What has come of a body, handed on in one piece for each time that bytes are read: chunks may be of one byte.
    private var piece: ByteBuffer?

    init(_ webSockets: WebSocketRoutes, _ overhead: ChunkOverheadHandler) {
        self.webSockets = webSockets
        self.overhead = overhead
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .over = phase { return }
        if case .webSocket = phase { return context.fireChannelRead(data) }
        switch unwrapInboundIn(data) {
        case .head(let head): read(head, context)
        case .body(var bytes):
            overhead.count(data: bytes.readableBytes)
            if piece?.writeBuffer(&bytes) == nil { piece = bytes }
        case .end:
            overhead.end()
            handOn(context)
            context.fireChannelRead(data)
        }
    }

    private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        unanswered.append(Asked(isHead: head.method == .HEAD, isOld: head.isOld))
        do throws(Problem) {
            let sound = try sound(head)
            phase = sound.headers.contains(name: "Upgrade") && isFirst ? .webSocket : .later
            if sound.headers.contains(name: "Transfer-Encoding") { overhead.begin() }
            context.fireChannelRead(wrapInboundOut(.head(sound)))
        } catch {
            phase = .over
            context.fireErrorCaught(error)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        handOn(context)
        context.fireChannelReadComplete()
    }

    private func handOn(_ context: ChannelHandlerContext) {
        guard let bytes = piece else { return }
        piece = nil
        context.fireChannelRead(wrapInboundOut(.body(bytes)))
    }

    private var isFirst: Bool {
        if case .first = phase { true } else { false }
    }

    private func sound(_ head: HTTPRequestHead) throws(Problem) -> HTTPRequestHead {
        var sound = head
        try sound.checkFraming()
        try sound.normalize()
        if isFirst, !webSockets.admits(sound) { sound.headers.remove(name: "Upgrade") }
        // The router doesn't know versions, nor all the ways to write this; a client of the old version reads to the end.
        if head.isOld { sound.headers.remove(name: "Expect") }
        if head.isOld || !head.isKeepAlive { sound.headers.replaceOrAdd(name: "Connection", value: "close") }
        return sound
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .webSocket = phase { return context.write(data, promise: promise) }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            if head.status.code >= 200 { answered = unanswered.popFirst() }
            // The encoder sends chunks where no length is known, unless the version lacks them.
            if answered?.isOld == true, !head.headers.contains(name: "Content-Length") {
                head.version = .http1_0
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body, .end:
            guard answered?.isHead == true else { return context.write(data, promise: promise) }
            // Not even the last chunk, which has no data.
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: promise)
        }
    }
}

extension HTTPRequestHead {
    fileprivate var isOld: Bool { version.minor == 0 }

    /// RFC 9112, 6.1 and 6.3: what isn't chunked last has no known end, and other codings than that are not known here.
    fileprivate func checkFraming() throws(Problem) {
        // Also a field that says nothing: whoever forwards it may read the body as another request.
        guard headers.contains(name: "Transfer-Encoding") else { return }
        let fields = headers[canonicalForm: "Transfer-Encoding"]
        guard !isOld, fields.last?.lowercased() == "chunked",
            !fields.dropLast().contains(where: { $0.lowercased() == "chunked" })
        else { throw .malformed("Transfer-Encoding must be chunked, once and last, in HTTP/1.1") }
        guard fields.count == 1 else {
            throw Problem(
                .notImplemented,
                "transferCoding",
                "the only transfer coding that is known is chunked"
            )
        }
    }

    /// RFC 9112, 3.2: one sound Host, which a target in absolute form replaces.
    fileprivate mutating func normalize() throws(Problem) {
        let target = try RequestTarget(self)
        let hosts = headers["Host"]
        guard hosts.count <= 1 else { throw .malformed("Host stands \(hosts.count) times") }
        guard isOld || !hosts.isEmpty else { throw .malformed("Host is missing") }
        if let host = hosts.first, Authority(host) == nil { throw .malformed("Host names no sound host") }
        uri = target.path
        if let authority = target.authority { headers.replaceOrAdd(name: "Host", value: authority.text) }
    }
}
