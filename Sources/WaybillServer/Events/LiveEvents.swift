import ServiceLifecycle
import Waybill
import WaybillHTTP
import WaybillJSON

/// Events to one client, as long as both are there.
///
/// Nothing is kept for a client that doesn't read: the next events are looked for when the last are written.
struct LiveEvents: Sendable {
    let events: FilteredEventStream
    let connection: Connection
    /// How often a client that nothing happens for is sent a sign of life.
    let ping: Duration
    let permit: SubscriberLimit.Permit

    /// Bytes that are written in one go.
    private static let piece = 32 << 10

    func write(to writer: inout BodyWriter) async throws {
        // The connection may outlast the answer.
        defer { permit.end() }
        try await connection.interruptible {
            let handover = Handover<FilteredEventStream.Element>()
            // Whoever hands over is let go in any case, or the group would wait for it.
            defer { handover.leave() }
            try await withGracefulShutdownHandler {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await pull(into: handover) }
                    group.addTask { try await ping(handover) }
                    defer {
                        handover.leave()
                        group.cancelAll()
                    }
                    try await follow(handover, &writer)
                }
            } onGracefulShutdown: {
                handover.end("the server is closing")
            }
        }
    }

    private func follow(
        _ handover: Handover<FilteredEventStream.Element>,
        _ writer: inout BodyWriter
    ) async throws {
        try await writer.write(ServerSentEvent.comment("here it begins"))
        while true {
            try Task.checkCancellation()
            switch await handover.next() {
            case .element(let element): try await send(element, &writer)
            case .ping: try await writer.write(ServerSentEvent.comment("ping"))
            case .end(let reason):
                var json = JSONWriter()
                json.field("reason", reason)
                return try await writer.write(ServerSentEvent(name: "end", data: json.finish()[...]).bytes)
            }
        }
    }

    private func send(
        _ element: FilteredEventStream.Element,
        _ writer: inout BodyWriter
    ) async throws {
        var bytes: [UInt8] = []
        for event in element.events {
            // A batch is of one epoch: that of its last event.
            let id = Cursor(epoch: element.cursor.epoch, sequence: event.sequence)
            let data = event.jsonLine.dropLast()
            bytes += ServerSentEvent(id: id.description, name: event.body.name, data: data).bytes
            guard bytes.count >= Self.piece else { continue }
            try await writer.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        if !bytes.isEmpty { try await writer.write(bytes) }
    }

    private func pull(into handover: Handover<FilteredEventStream.Element>) async throws {
        do {
            for try await element in events { await handover.give(element) }
        } catch EngineError.resync {
            return handover.end("the log was cut back; read anew")
        } catch {
            return handover.end("the log can't be read")
        }
        handover.end("the engine is closing")
    }

    private func ping(_ handover: Handover<FilteredEventStream.Element>) async throws {
        while true {
            try await ContinuousClock().sleep(for: ping)
            handover.ping()
        }
    }
}
