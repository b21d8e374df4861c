import AsyncAlgorithms
import ServiceLifecycle
import Waybill
import WaybillHTTP
import WaybillJSON

/// Events to one client, as long as both are there.
///
/// Nothing is kept for a client that doesn't read: the next events are looked for when the last are written.
struct LiveEvents: Sendable {
    let events: FilteredEventStream
    /// Behind which event it begins.
    let beginning: Cursor
    let engine: Engine
    let connection: Connection
    /// How often a client that nothing happens for is sent a sign of life.
    let pingInterval: Duration
    let permit: SubscriberLimit.Permit

    /// What is told to a client.
    private enum Message: Sendable {
        case events(FilteredEventStream.Element)
        case ping
        /// No more events come.
        case end
    }

    /// Bytes that are written in one go.
    private static let pieceBytes = 32 << 10

    func write(to writer: inout BodyWriter) async throws {
        // The connection may outlast the answer.
        defer { permit.end() }
        try await connection.interruptible {
            try await writer.write(ServerSentEvent.place(beginning.description))
            let reason = try await follow(&writer)
            try Task.checkCancellation()
            let data = StreamEnd(reason: reason).json[...]
            try await writer.write(ServerSentEvent(name: "end", data: data).bytes)
        }
    }

    /// Until there is nothing more to follow; gives the reason.
    private func follow(_ writer: inout BodyWriter) async throws -> String {
        let told = chain(events.map { Message.events($0) }, CollectionOfOne(Message.end).async)
        let pings = AsyncTimerSequence.repeating(every: pingInterval).map { _ in Message.ping }
        do {
            for try await message in merge(told, pings).cancelOnGracefulShutdown() {
                switch message {
                case .events(let element): try await send(element, &writer)
                case .ping: try await writer.write(ServerSentEvent.comment("ping"))
                case .end:
                    if case .failed(let error) = engine.condition { return "\(error)" }
                    return "the engine is closing"
                }
            }
        } catch EngineError.resync {
            return "the log was cut back; read anew"
        } catch let error as EngineError {
            return "\(error)"
        }
        return "the server is closing"
    }

    private func send(_ element: FilteredEventStream.Element, _ writer: inout BodyWriter) async throws {
        var bytes: [UInt8] = []
        for event in element.events {
            // A batch is of one epoch: that of its last event.
            let id = Cursor(epoch: element.cursor.epoch, sequence: event.sequence)
            bytes += ServerSentEvent(id: id.description, name: event.body.name, data: event.json[...]).bytes
            guard bytes.count >= Self.pieceBytes else { continue }
            try await writer.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if !bytes.isEmpty { try await writer.write(bytes) }
    }
}
