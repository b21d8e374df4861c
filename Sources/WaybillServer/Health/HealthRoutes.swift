import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// Whether the process lives, and whether it takes work.
enum HealthRoutes {
    static let endpoints = [
        live, ready("/readyz", "ready"), ready("/healthz", "healthz"), ready("/health", "health"),
    ]

    private static let live: EngineEndpoint = {
        let contract = APIOperation("Health", "live", "Whether the process answers at all")
            .answers(.init(200, "It does", .object([.required("status", .choice(["alive"]))])))
        var endpoint = EngineEndpoint(.get, "/livez", contract) { call in
            try call.query.finish()
            return .json { $0.field("status", "alive") }
        }
        endpoint.waitsForReads = false
        return endpoint
    }()

    private static func ready(_ path: String, _ id: String) -> EngineEndpoint {
        let vitals = Schema.object([
            .required("status", .choice(["healthy", "unhealthy"])),
            .required("condition", .text(), "serving, or what keeps it from that"),
            .required("sequence", .natural(), "The last that is durable"),
            .required("epoch", .natural(), "How often the log was opened"),
            .required("readModelLag", .natural(), "Events that the read models lack"),
            .required("intake", .natural(), "Callers who wait for the sequencer"),
            .optional("lastSyncSeconds", .number(), "How long the last batch took to be durable"),
            .optional("sinceLastSyncSeconds", .number()),
        ])
        let contract = APIOperation("Health", id, "Whether commands are taken and reads are current")
            .answers(.init(200, "They are", vitals), .init(503, "They are not", vitals))
        var endpoint = EngineEndpoint(.get, path, contract) { call in
            try call.query.finish()
            let vitals = call.engine.vitals()
            let isReady = vitals.takesCommands && vitals.readModelLag <= mostLag
            return .json(status: isReady ? .ok : .serviceUnavailable) { json in
                json.field("status", isReady ? "healthy" : "unhealthy")
                json.field("condition", vitals.condition.word)
                json.field("sequence", vitals.durableSequence)
                json.field("epoch", vitals.epoch)
                json.field("readModelLag", vitals.readModelLag)
                json.field("intake", UInt64(vitals.intakeDepth))
                if let last = vitals.lastAppend { json.seconds("lastSyncSeconds", last) }
                if let since = vitals.sinceLastAppend { json.seconds("sinceLastSyncSeconds", since) }
            }
        }
        endpoint.waitsForReads = false
        return endpoint
    }

    /// Reads that are further behind than this many events are no news any more.
    private static let mostLag: UInt64 = 1_000_000
}

extension EngineMetrics {
    var takesCommands: Bool {
        switch condition {
        case .serving, .clockInDoubt: true
        case .readModelStopped, .waitingForRoom, .closed, .failed: false
        }
    }
}

extension EngineCondition {
    fileprivate var word: String {
        switch self {
        case .serving: "serving"
        case .clockInDoubt(let ahead):
            "the clock is \(ahead.nanoseconds / 1_000_000_000) s ahead and not believed"
        case .readModelStopped(let error): "a read model stopped: \(error)"
        case .waitingForRoom: "the disk is full"
        case .closed: "closed"
        case .failed(let error): "\(error)"
        }
    }
}
