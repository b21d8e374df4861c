package import JSONText
package import Waybill

/// Whether an engine takes commands and its reads are current, and by what that is known.
package struct EngineHealth: JSONObject {
    package let isReady: Bool
    private let metrics: EngineMetrics

    package init(_ metrics: EngineMetrics) {
        self.metrics = metrics
        isReady = metrics.takesCommands && metrics.readModelLag <= Self.mostLag
    }

    /// Reads that are further behind than this many events are no news any more.
    private static let mostLag: UInt64 = 1_000_000

    package func write(to json: inout JSONWriter) {
        json.field("status", isReady ? "healthy" : "unhealthy")
        json.field("condition", metrics.condition.sentence)
        json.field("sequence", metrics.durableSequence)
        json.field("epoch", metrics.epoch)
        json.field("readModelLag", metrics.readModelLag)
        json.field("intake", metrics.intakeDepth)
        json.milliseconds("lastSyncMs", metrics.lastAppend)
        json.milliseconds("sinceLastSyncMs", metrics.sinceLastAppend)
    }
}

/// That the process answers at all.
package struct Liveness: JSONObject {
    package init() {}

    package func write(to json: inout JSONWriter) {
        json.field("status", "alive")
    }
}

extension EngineMetrics {
    package var takesCommands: Bool {
        switch condition {
        case .serving, .clockInDoubt: true
        case .readModelStopped, .waitingForSpace, .closed, .failed: false
        }
    }
}

extension EngineCondition {
    fileprivate var sentence: String {
        switch self {
        case .serving: "serving"
        case .clockInDoubt(let ahead):
            "the clock is \(ahead.nanoseconds / 1_000_000_000) s ahead and not believed"
        case .readModelStopped(let error): "a read model stopped: \(error)"
        case .waitingForSpace: "the disk is full"
        case .closed: "closed"
        case .failed(let error): "read-only: \(error)"
        }
    }
}
