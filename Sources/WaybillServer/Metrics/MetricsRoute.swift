import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// What Prometheus scrapes: the engine, its queues, its work and its requests.
///
/// Labels are bounded: at most ``queues`` queues by name, the others together, and never a job.
enum MetricsRoute {
    static let queues = 200

    static let endpoint: EngineEndpoint = {
        var endpoint = EngineEndpoint(
            .get,
            "/metrics",
            APIOperation("Health", "metrics", "Metrics in Prometheus' text format")
                .answers(.init(200, "The metrics", .text(), contentType: "text/plain; version=0.0.4"))
        ) { call in
            try call.query.finish()
            return .text(await page(call), "text/plain; version=0.0.4")
        }
        endpoint.waitsForReads = false
        return endpoint
    }()

    private static func page(_ call: EngineCall) async -> String {
        let engine = call.engine
        var page = PrometheusWriter()
        // What it finds stands in the condition.
        try? await engine.examineLog()
        write(engine.metrics(), engine.refusalCounts, to: &page)
        write(await engine.queues.all(), to: &page)
        write(await engine.throughput.totals, to: &page)
        page.begin("waybill_live_clients", .gauge, "Clients that follow events or a curve.")
        page.sample(call.subscribers.count)
        if let footprint = try? await engine.footprint() { write(footprint, to: &page) }
        page.begin(
            "waybill_http_request_seconds",
            .histogram,
            "How long requests took, by operation and status."
        )
        for (key, durations) in call.backend.requests.all {
            page.histogram(
                durations,
                dividedBy: 1e9,
                ["method": key.method, "path": key.path, "status": "\(key.status)"]
            )
        }
        return page.text
    }

    private static func write(_ footprint: LogFootprint, to page: inout PrometheusWriter) {
        page.begin("waybill_log_segments", .gauge, "Files of the log.")
        page.sample(footprint.segments)
        page.begin("waybill_log_bytes", .gauge, "Bytes of the log on disk.")
        page.sample(footprint.bytes)
        if let free = footprint.freeBytes {
            page.begin("waybill_disk_free_bytes", .gauge, "Room that is left where the log is.")
            page.sample(free)
        }
    }

    private static func write(
        _ metrics: EngineMetrics,
        _ refusals: [String: Int],
        to page: inout PrometheusWriter
    ) {
        page.begin("waybill_up", .gauge, "1 while commands are taken.")
        page.sample(metrics.takesCommands ? 1 : 0)
        page.begin(
            "waybill_log_failed",
            .gauge,
            "1 once the log has failed or a file of it is missing: reads only, until it is opened again."
        )
        if case .failed = metrics.condition { page.sample(1) } else { page.sample(0) }
        page.begin("waybill_log_sequence", .gauge, "The last sequence that is durable.")
        page.sample(metrics.durableSequence)
        page.begin("waybill_log_events_total", .counter, "Events written since the engine was opened.")
        page.sample(metrics.eventsWritten)
        page.begin(
            "waybill_log_bytes_total",
            .counter,
            "Bytes written to the log since the engine was opened."
        )
        page.sample(metrics.bytesWritten)
        page.begin(
            "waybill_log_sync_seconds",
            .histogram,
            "How long a batch took to be framed, written and synced."
        )
        page.histogram(metrics.appends, dividedBy: 1e9)
        page.begin("waybill_log_batch_events", .histogram, "Events in a batch.")
        page.histogram(metrics.batchSizes, dividedBy: 1)
        page.begin(
            "waybill_projection_lag_events",
            .gauge,
            "Durable events that the slowest read model lacks."
        )
        page.sample(metrics.readModelLag)
        page.begin("waybill_intake_commands", .gauge, "Callers who wait for the sequencer.")
        page.sample(metrics.intakeDepth)
        page.begin(
            "waybill_idempotency_keys",
            .gauge,
            "Idempotency keys that are remembered for their window."
        )
        page.sample(metrics.idempotencyKeys)
        page.begin("waybill_idempotency_keys_limit", .gauge, "Where new ones begin to be refused.")
        page.sample(metrics.idempotencyKeyLimit)
        page.begin(
            "waybill_idempotency_oldest_key_seconds",
            .gauge,
            "How old the first of them is; 0 for none."
        )
        page.sample(Double(metrics.oldestIdempotencyKey?.nanoseconds ?? 0) / 1e9)
        page.begin(
            "waybill_refusals_total",
            .counter,
            "Commands refused since the engine was opened, by reason."
        )
        for (reason, count) in refusals.sorted(by: { $0.key < $1.key }) {
            page.sample(count, ["reason": reason])
        }
    }

    private static func write(_ all: [QueueSummary], to page: inout PrometheusWriter) {
        let named = all.prefix(Self.queues)
        let rest = all.dropFirst(Self.queues)
        page.begin("waybill_jobs", .gauge, "Jobs that are not pruned, by queue and state.")
        for queue in named {
            for state in JobState.allCases {
                page.sample(queue[state], ["queue": queue.name.text, "state": state.name])
            }
        }
        if !rest.isEmpty {
            for state in JobState.allCases {
                // A queue can't have the empty name.
                page.sample(rest.reduce(0) { $0 + $1[state] }, ["queue": "", "state": state.name])
            }
        }
        page.begin("waybill_attempts_total", .counter, "Attempts that ended, by queue and how.")
        for queue in named {
            let attempts = queue.attempts
            page.sample(attempts.succeeded, ["queue": queue.name.text, "outcome": "succeeded"])
            page.sample(attempts.failed, ["queue": queue.name.text, "outcome": "failed"])
            page.sample(attempts.crashed, ["queue": queue.name.text, "outcome": "crashed"])
            page.sample(attempts.snoozed, ["queue": queue.name.text, "outcome": "snoozed"])
            page.sample(attempts.released, ["queue": queue.name.text, "outcome": "released"])
        }
    }

    private static func write(_ totals: ThroughputTotals, to page: inout PrometheusWriter) {
        page.begin("waybill_transitions_total", .counter, "What happened to jobs since the log began.")
        page.sample(totals.counts.created, ["event": "created"])
        page.sample(totals.counts.dispatched, ["event": "dispatched"])
        page.sample(totals.counts.succeeded, ["event": "succeeded"])
        page.sample(totals.counts.failed, ["event": "attemptFailed"])
        page.sample(totals.counts.crashed, ["event": "leaseExpired"])
        page.sample(totals.counts.dead, ["event": "died"])
        page.begin(
            "waybill_leases_expired_total",
            .counter,
            "Leases that ended without a word since the log began."
        )
        page.sample(totals.counts.crashed)
        page.begin(
            "waybill_wait_seconds",
            .histogram,
            "How long jobs were ready before they were dispatched."
        )
        page.histogram(totals.waits, dividedBy: 1e9)
        page.begin("waybill_run_seconds", .histogram, "How long attempts ran that succeeded or failed.")
        page.histogram(totals.runs, dividedBy: 1e9)
    }
}
