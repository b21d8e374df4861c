import Waybill
import WaybillHTTP
import WaybillJSON

/// The shapes of queues.
enum QueueSchemas {
    static let schemas: [NamedSchema] = [
        (
            "NewQueue",
            .object(
                [
                    .maybe("concurrency", .positive(), "Jobs that may run at once"),
                    .maybe(
                        "keyConcurrency",
                        .positive(),
                        "Jobs with one concurrency key that may run at once"
                    ),
                    .maybe(
                        "rate",
                        .object([
                            .required("starts", .positive()), .required("interval", interval),
                            .maybe("burst", .positive()),
                        ])
                    ),
                    .maybe("policy", policy), .maybe("aging", .span),
                ] + keeps.map { .maybe($0, .span) } + [.reason]
            )
        ),
        (
            "Queue",
            .object(
                [
                    .required("name", .name),
                    .required("status", .choice(QueueStatus.allCases.map(\.name))),
                    .required("limits", .named("QueueLimits")), .required("policy", policy),
                    .required("aging", .span),
                ] + keeps.map { .optional($0, .span) } + [
                    .required("counts", .named("JobCounts")),
                    .required("held", .count), .optional("room", .count, "How many more may run at once"),
                    .optional("oldestReady", .moment, "Since when the longest waiting ready job waits"),
                    .required("attempts", .named("Attempts")),
                ]
            )
        ),
        (
            "QueueLimits",
            .object([
                .optional("concurrency", .small), .optional("keyConcurrency", .small),
                .optional(
                    "rate",
                    .object([
                        .required("starts", .positive()), .required("interval", interval),
                        .required("burst", .positive()),
                    ])
                ),
            ])
        ),
    ]

    private static let keeps = ["keepSucceeded", "keepDead", "keepCancelled"]
    private static let policy = Schema.choice([DispatchPolicy.fifo, .priority].map(\.name))
    private static let interval = Schema.number(1e-9...4_294_967_296)
}
