import Foundation
import Orchestration
import TestSupport
import Testing

/// The published schema, read by the real protobuf compiler where there is one.
struct SchemaTests {
    private static let schema = Checkout.path("Sources/Orchestration/Schema")
    private static let protoc = Program.installed("protoc")

    @Test(.enabled(if: Program.installed("protoc") != nil))
    func `protoc prints every type of event, and writes the same bytes back`() throws {
        let text = try protoc("--decode", EveryEvent.bytes)
        let printed = String(decoding: text, as: UTF8.self)
        let lines = printed.split(separator: "\n")
        #expect(lines.filter { $0 == "events {" }.count == EveryEvent.bodies.count)
        for expected in [
            "job_created", "job_dispatched", "job_succeeded", "attempt_failed", "job_retried", "points_added",
            "job_due",
            "suggestion_made", "suggestion_approved", "suggestion_rejected", "job_expired", "job_died",
            "lease_expired",
            "job_cancelled", "job_cancel_requested", "machine_registered", "machine_status_set",
            "engine_opened",
            "log_quarantined", "job_unblocked", "job_updated", "lease_renewed", "job_progressed",
            "job_snoozed",
            "job_released", "job_redriven", "job_discarded", "job_pruned", "queue_configured",
            "queue_status_set", "worker_registered", "worker_drained", "clock_jumped", "job_found",
        ] {
            #expect(lines.contains("  \(expected) {"), "\(expected)")
        }
        for expected in [
            "value: inf", "value: nan", "non_finite: true", "policy: DISPATCH_POLICY_FIFO",
            "priority: -2147483648",
            "status: MACHINE_STATUS_MAINTENANCE", "reason: CANCELLATION_REASON_DISCARDED",
            "clock: CLOCK_KIND_VIRTUAL",
            "run_at: -1", "expires_at: 9223372036854775807", "idempotency_key: \"key\"",
            "expected_version: 0", "member: 31", "after: 300", "parent: 700", "task_count: 9",
            "on_task_failure: PARENT_FAILURE_RULE_IGNORE",
            "on_parent_failure: PARENT_FAILURE_RULE_WAIT",
            "on_clash: CLASH_RULE_EXISTING", "unique_window: 0", "retry_after: 0", "held: false",
            "fraction: 0", "status: QUEUE_STATUS_DRAINING", "keep_succeeded: 0", "passing: true",
        ] {
            #expect(printed.contains(expected), "\(expected)")
        }
        // Text has one NaN, so events with other NaNs can't come back; unordered maps neither.
        let plain = EveryEvent.events.filter { event in
            switch event.body {
            case .jobCreated, .pointsAdded: false
            default: true
            }
        }
        var bytes: [UInt8] = []
        for event in plain { EventCodec.encode(event, into: &bytes) }
        #expect(try protoc("--encode", Array(try protoc("--decode", bytes))) == bytes)
    }

    private func protoc(_ direction: String, _ input: [UInt8]) throws -> [UInt8] {
        let arguments = ["\(direction)=waybill.Log", "-I", Self.schema, "waybill.proto"]
        let run = try #require(Self.protoc).run(arguments, input: input)
        #expect(run.status == 0, "\(run.errors)")
        return Array(run.output)
    }
}
