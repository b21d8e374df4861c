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
            return .json(Liveness())
        }
        endpoint.waitsForReads = false
        return endpoint
    }()

    private static func ready(_ path: String, _ id: String) -> EngineEndpoint {
        let shape = Schema.object([
            .required("status", .choice(["healthy", "unhealthy"])),
            .required("condition", .text(), "serving, or what keeps it from that"),
            .required("sequence", .natural(), "The last that is durable"),
            .required("epoch", .natural(), "How often the log was opened"),
            .required("readModelLag", .natural(), "Events that the read models lack"),
            .required("intake", .natural(), "Callers who wait for the sequencer"),
            .optional("lastSyncMs", .milliseconds, "How long the last batch took to be durable"),
            .optional("sinceLastSyncMs", .milliseconds),
        ])
        let contract = APIOperation("Health", id, "Whether commands are taken and reads are current")
            .answers(.init(200, "They are", shape), .init(503, "They are not", shape))
        var endpoint = EngineEndpoint(.get, path, contract) { call in
            try call.query.finish()
            // What it finds stands in the condition.
            try? await call.engine.examineLog()
            let health = EngineHealth(call.engine.metrics())
            return .json(health, status: health.isReady ? .ok : .serviceUnavailable)
        }
        endpoint.waitsForReads = false
        return endpoint
    }
}
