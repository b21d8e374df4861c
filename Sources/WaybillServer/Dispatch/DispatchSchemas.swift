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
                .maybe("waitMs", .milliseconds(atMost: TimeSpan(ServerLimits().wait))),
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
                    .required("job", .job), .required("token", .token), .required("deadline", .dateTime),
                    .required("attempt", .positive()), .optional("machine", .name),
                    .optional("traceparent", .text()), .required("kind", .name), .required("queue", .name),
                    .required("priority", .priority), .required("tags", .names),
                    .required("attributes", .texts),
                    .required(
                        "leaseMs",
                        .milliseconds,
                        "The lease's usual length: what a heartbeat extends it by"
                    ),
                ] + JobViewSchemas.payload
            )
        ),
        ("Complete", .object(result + [.reason])),
        (
            "Heartbeat",
            .object([.maybe("fraction", .share), .maybe("message", .prose), .reason])
        ),
        (
            "HeartbeatReply",
            .object([
                .required("deadline", .dateTime),
                .required("cancelRequested", .flag, "Stop, and fail or release the job"),
                .required("draining", .flag, "Take nothing more"),
            ])
        ),
        (
            "Fail",
            .object([
                .required("type", .name, "Compared with the job's `nonRetryable`"),
                .maybe("message", .prose),
                .maybe("retryable", .flag), .maybe("retryAfterMs", .milliseconds), .reason,
            ])
        ),
        ("Snooze", .object([.required("forMs", .positiveMilliseconds), .reason])),
    ]

    private static let result: [Schema.Property] = [
        .maybe("result", .anyContent, "What the job made: any JSON; a text where `resultType` is another"),
        .maybe("resultBase64", .content),
        .maybe("resultType", .word, "The content type of what it made"),
    ]
}
