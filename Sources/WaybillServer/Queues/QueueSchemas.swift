import Orchestration
import Waybill
import WaybillHTTP
import WaybillJSON

/// The shapes of queues.
enum QueueSchemas {
    static let schemas: [NamedSchema] = [
        (
            "NewQueue",
            .object([
                .maybe("concurrency", .positive(), "Jobs that may run at once"),
                .maybe("keyConcurrency", .positive(), "Jobs with one concurrency key that may run at once"),
                .maybe(
                    "rate",
                    .object([
                        .required("starts", .positive()), .required("intervalMs", .positiveMilliseconds),
                        .maybe("burst", .positive()),
                    ])
                ),
                .maybe("policy", policy), .maybe("agingMs", .milliseconds),
                .maybe("retention", .object(kept.map { .maybe($0, .milliseconds) })), .reason,
            ])
        ),
        (
            "Queue",
            .object([
                .required("name", .name),
                .required("status", .choice(QueueStatus.allCases.map(\.name))),
                .optional("concurrency", .small), .optional("keyConcurrency", .small),
                .optional("rate", .named("Rate")), .required("policy", policy),
                .required("agingMs", .milliseconds), .required("retention", .named("Retention")),
                .required("counts", .named("JobCounts")), .required("held", .count),
                .optional("available", .count, "How many more may run at once"),
                .optional("oldestReady", .dateTime, "Since when the longest waiting ready job waits"),
                .optional("waits", .named("Durations"), "How long its jobs waited, in the last two hours"),
                .required("attempts", .named("Attempts")),
            ])
        ),
        (
            "Rate",
            .object([
                .required("starts", .positive()), .required("intervalMs", .positiveMilliseconds),
                .required("burst", .positive()),
            ])
        ),
        ("Retention", .object(kept.map { .optional($0, .milliseconds) })),
        (
            "Durations",
            .object(
                [.required("count", .natural(from: 1))]
                    + ["p50Ms", "p90Ms", "p95Ms", "p99Ms", "maxMs", "meanMs"].map {
                        .required($0, .milliseconds)
                    }
            )
        ),
    ]

    private static let kept = ["succeededMs", "deadMs", "cancelledMs"]
    private static let policy = Schema.choice([DispatchPolicy.fifo, .priority].map(\.name))
}
