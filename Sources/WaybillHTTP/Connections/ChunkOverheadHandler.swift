import NIOCore

/// Bounds what a chunked body holds besides its data: the sizes of its chunks, their extensions and ends.
///
/// Stands before the decoder, which reads extensions of any length and shows none of them; told by the handler behind it
/// what has come of the bytes.
final class ChunkOverheadHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// What there may be more than is usual.
    private static let mostBytes = 16 << 10
    /// What is usual: for each piece of data its size and two ends, and as much again as it has.
    private static let usualBytes = 16

    /// Nil outside of a chunked body.
    private var excess: Int?
    private var isOver = false

    func begin() { excess = 0 }

    func count(data bytes: Int) { excess = excess.map { max(0, $0 - Self.usualBytes - 2 * bytes) } }

    func end() { excess = nil }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isOver { return }
        excess? += unwrapInboundIn(data).readableBytes
        context.fireChannelRead(data)
        guard let excess, excess > Self.mostBytes else { return }
        isOver = true
        var problem = Problem.malformed("the chunks of the body hold too much besides data")
        problem.endsConnection = true
        context.fireErrorCaught(problem)
    }
}
