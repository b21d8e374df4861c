import Waybill
import WaybillHTTP

/// The shapes of dispatches and leases.
enum DispatchSchemas {
    static let schemas: [NamedSchema] = [
        (
            "Dispatch",
            .object([
                .required("worker", .name),
                .maybe(
                    "queues",
                    .names,
                    "Of all that it is registered for, or of all there are, where none is named"
                ),
                .maybe("kinds", .names),
                .maybe("max", .integer(1...Int64(Pages.longest)), "1 where nothing is said"),
                .maybe("machine", .name, "The one that the worker runs on"),
                .maybe("waitMs", .integer(0...60_000)),
                .maybe("complete", .list(.named("Completion"), atMost: Pages.longest)), .reason,
            ])
        ),
        ("Completion", .object([.required("token", .token)] + result)),
        (
            "Dispatched",
            .object([
                .required("leases", .list(.named("Lease"), atMost: Pages.longest)),
                .required("outcomes", .list(.optional(.named("Refused")), atMost: Pages.longest)),
                .optional("refused", .named("Refused"), "Why there is no work, where there were completions"),
            ])
        ),
        ("Refused", .object([.required("code", .text()), .required("detail", .text())])),
        (
            "Lease",
            .object(
                [
                    .required("job", .job), .required("token", .token), .required("deadline", .moment),
                    .required("attempt", .positive()), .optional("machine", .name),
                    .optional("traceparent", .text()), .required("kind", .name), .required("queue", .name),
                    .required("priority", .priority), .required("tags", .names),
                    .required("attributes", .texts),
                    .required("lease", .span, "The lease's usual length: what a heartbeat extends it by"),
                ] + JobViewSchemas.content
            )
        ),
        ("Complete", .object(result + [.reason])),
        (
            "Heartbeat",
            .object([.maybe("fraction", .share), .maybe("message", .text()), .reason])
        ),
        (
            "HeartbeatReply",
            .object([
                .required("deadline", .moment),
                .required("cancelRequested", .flag, "Stop, and fail or release the job"),
                .required("draining", .flag, "Take nothing more"),
            ])
        ),
        (
            "Fail",
            .object([
                .required("type", .name, "Compared with the job's `nonRetryable`"),
                .maybe("message", .text()),
                .maybe("retryable", .flag), .maybe("retryAfter", .span), .reason,
            ])
        ),
        ("Snooze", .object([.required("for", .span, "Seconds"), .reason])),
    ]

    private static let result: [Schema.Property] = [
        .maybe("result", .any, "What the job made, as JSON"), .maybe("resultBase64", .bytes),
        .maybe("resultType", .text(), "The content type of `resultBase64`"),
    ]
}
