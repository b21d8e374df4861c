import Hummingbird
import Logging
import NIOCore
import Synchronization

/// One client's connection, as long as it lasts: notices that the client has gone.
package final class Connection: Sendable {
    private struct State {
        var hasDeparted = false
        var isInterruptible = false
        var task: Task<Void, Never>?
    }

    let channel: any Channel
    private let state = Mutex(State())

    init(_ channel: any Channel) {
        self.channel = channel
    }

    /// Whether the client has closed its side.
    package var hasDeparted: Bool { state.withLock { $0.hasDeparted } }

    /// The task that serves the connection; cancelled when the client goes while it may be interrupted.
    func attach(_ task: Task<Void, Never>) {
        let isLate = state.withLock { state in
            state.task = task
            return state.hasDeparted && state.isInterruptible
        }
        if isLate { task.cancel() }
    }

    /// The client has closed its side: whatever waits on its behalf is cancelled.
    func depart() {
        let interrupted = state.withLock { state in
            state.hasDeparted = true
            return state.isInterruptible ? state.task : nil
        }
        interrupted?.cancel()
    }

    /// Runs work that is of no use once the client has gone: waiting, and following.
    package func interruptible<Value>(_ work: () async throws -> Value) async throws -> Value {
        let isThere = state.withLock { state in
            state.isInterruptible = !state.hasDeparted
            return state.isInterruptible
        }
        guard isThere else { throw Problem.callerGone }
        defer { state.withLock { $0.isInterruptible = false } }
        return try await work()
    }

    /// Waits until the connection is over, not for ever: a client that doesn't let go is let go then.
    func departure(within patience: Duration) async {
        let end = closing(after: patience)
        try? await channel.closeFuture.get()
        end.cancel()
    }

    /// Closes the connection after some time, unless that is cancelled before.
    func closing(after time: Duration) -> Scheduled<Void> {
        let channel = channel
        return channel.eventLoop.scheduleTask(in: TimeAmount(time)) { channel.close(promise: nil) }
    }
}

/// What the router hands to an endpoint besides the request: whose connection it came by.
struct ConnectionContext: RequestContext {
    struct Source: RequestContextSource {
        let connection: Connection
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage
    let connection: Connection

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        connection = source.connection
    }
}
