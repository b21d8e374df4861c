import Foundation
import ServerTestSupport

/// One server-sent event, as a client reads it.
struct SentEvent {
    var id = ""
    var name = ""
    var data: [String: Any] = [:]

    var job: Int { data["job"] as? Int ?? 0 }
}

/// Reads server-sent events from lines.
struct SentEventReader {
    private(set) var events: [SentEvent] = []
    private var current = SentEvent()

    mutating func take(_ line: String) {
        if line.isEmpty {
            if !current.name.isEmpty { events.append(current) }
            current = SentEvent()
        } else if line.hasPrefix("id: ") {
            current.id = String(line.dropFirst(4))
        } else if line.hasPrefix("event: ") {
            current.name = String(line.dropFirst(7))
        } else if line.hasPrefix("data: ") {
            let data = try? JSONSerialization.jsonObject(with: Data(line.dropFirst(6).utf8))
            current.data = data as? [String: Any] ?? [:]
        }
    }
}
