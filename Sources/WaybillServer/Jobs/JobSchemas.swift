import Waybill
import WaybillHTTP
import WaybillJSON

/// What requests say of a job.
enum JobSchemas {
    static let schemas: [NamedSchema] =
        [
            (
                "NewJob",
                .object(
                    fields + [.maybe("tasks", .list(.named("NewTask"), atLeast: 1, atMost: 9999)), .reason]
                )
            ),
            ("NewTask", .object(fields)),
            (
                "NewJobs",
                .object([.required("jobs", .list(.named("NewTask"), atLeast: 1, atMost: 10_000)), .reason])
            ),
            ("CreatedJob", .object(created)),
            ("CreatedJobs", .object([.required("jobs", .list(.named("CreatedJob"), atLeast: 1))])),
            ("Requirements", .object(requirements)),
            ("Retry", .object(retry)),
            ("Timeouts", .object(timeouts)),
            (
                "JobChange",
                .object([
                    .maybe("priority", .priority), .maybe("runAt", .moment), .maybe("tags", .names),
                    .maybe("attributes", .texts, "Replaces all of them"),
                    .maybe("requirements", .named("Requirements")), .reason,
                ])
            ),
            ("Reason", .object([.reason])),
        ] + JobViewSchemas.schemas + WhySchemas.schemas

    /// A job as a request describes it.
    static let fields: [Schema.Property] =
        [
            .required("kind", .name, "What sort of work it is"),
            .maybe("queue", .name, "`default` where nothing is said"),
        ] + payload + [
            .maybe("priority", .priority, "Higher runs first; 0 is usual"),
            .maybe("runAt", .moment, "Not before this moment"),
            .maybe("expiresAt", .moment, "Cancelled then if it still waits"),
            .maybe("tags", .names), .maybe("attributes", .texts),
            .maybe("uniqueKey", .name), .maybe("uniqueWindow", .span), .maybe("onClash", .clash),
            .maybe("concurrencyKey", .name), .maybe("fairnessKey", .name),
            .maybe("fairnessWeight", .positive()),
            .maybe("requirements", .named("Requirements")), .maybe("retry", .named("Retry")),
            .maybe("timeouts", .named("Timeouts")),
            .maybe("after", .list(.job, atMost: 256), "Jobs that have to succeed before"),
            .maybe("onParentFailure", .rule), .maybe("onTaskFailure", .rule),
        ]

    static let payload: [Schema.Property] = [
        .maybe("payload", .any, "Any JSON; a text where `contentType` is not application/json"),
        .maybe("payloadBase64", .bytes, "Any bytes, instead of `payload`"),
        .maybe("contentType", .text(pattern: "^[^\\u0000]{0,256}$")),
    ]

    private static let created: [Schema.Property] = [
        .required("id", .job), .required("kind", .name), .required("queue", .name),
        .required("state", .state, "The one in which it began"), .required("createdAt", .moment),
        .required("version", .sequence, "Of its first event"),
        .optional(
            "tasks",
            .object([.required("total", .positive()), .required("from", .job), .required("through", .job)])
        ),
    ]

    private static let requirements: [Schema.Property] = [
        .maybe("cpuMillis", .natural()), .maybe("memoryMegabytes", .natural()),
        .maybe("gpuMillis", .natural()), .maybe("gpuDevices", .natural()),
        .maybe("gpuModels", .names), .maybe("labels", .names),
        .maybe("machine", .name, "The one machine that may run it"),
    ]

    private static let retry: [Schema.Property] = [
        .maybe("maxAttempts", .positive()), .maybe("maxCrashes", .small),
        .maybe("base", .span), .maybe("factor", .number(1...1000)), .maybe("cap", .span),
        .maybe("jitter", .share), .maybe("nonRetryable", .names),
    ]

    /// Above zero, by as little as a length of time can be.
    private static let positiveSpan = Schema.number(1e-9...4_294_967_296)

    private static let timeouts: [Schema.Property] = [
        .maybe("lease", positiveSpan), .maybe("run", positiveSpan), .maybe("total", positiveSpan),
    ]
}
