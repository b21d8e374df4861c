import NIOCore

/// Lets a client go that has taken nothing for too long of what is sent to it.
///
/// Writing waits meanwhile, and keeps what it waits with.
final class StalledClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let patience: TimeAmount
    private var deadline: Scheduled<Void>?

    init(patience: Duration) {
        self.patience = TimeAmount(patience)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        deadline?.cancel()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        if !context.channel.isWritable {
            deadline = context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: patience) {
                context.close(promise: nil)
            }
        }
        context.fireChannelWritabilityChanged()
    }
}
