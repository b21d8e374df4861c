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
                    fields + [.maybe("tasks", tasks), .reason]
                )
            ),
            ("NewTask", .object(fields)),
            (
                "NewJobs",
                .object([
                    .required(
                        "jobs",
                        .list(.named("NewTask"), atLeast: 1, atMost: Schema.limits.commandItems)
                    ), .reason,
                ])
            ),
            ("CreatedJob", .object(created)),
            ("CreatedJobs", .object([.required("jobs", .list(.named("CreatedJob"), atLeast: 1))])),
            ("Requirements", .object(requirements)),
            ("Retry", .object(retry)),
            ("Timeouts", .object(timeouts)),
            (
                "JobChange",
                .object([
                    .optional("priority", .priority),
                    .optional("runAt", .givenTime, "One that has passed lets the job run now"),
                    .optional("tags", .names, "Replaces all of them; none where the list is empty"),
                    .optional("attributes", .texts, "Replaces all of them"),
                    .optional("requirements", .named("Requirements"), "Replaces all of them"), .reason,
                ])
            ),
            ("Reason", .object([.reason])),
        ] + JobViewSchemas.schemas + WhySchemas.schemas

    /// With the job itself they are one command.
    private static let tasks = Schema.list(
        .named("NewTask"),
        atLeast: 1,
        atMost: Schema.limits.commandItems - 1
    )

    /// A job as a request describes it.
    static let fields: [Schema.Property] =
        [
            .required("kind", .name, "What sort of work it is"),
            .maybe("queue", .name, "`default` where nothing is said"),
        ] + payload + [
            .maybe("priority", .priority, "Higher runs first; 0 is usual"),
            .maybe("runAt", .givenTime, "Not before this moment"),
            .maybe(
                "delayMs",
                .milliseconds,
                "Instead of `runAt`: not before so long from now. A repeated request waits no longer"
            ),
            .maybe("expiresAt", .givenTime, "Cancelled then if it still waits; not before it may run"),
            .maybe("tags", .names), .maybe("attributes", .texts),
            .maybe("uniqueKey", .name), .maybe("uniqueWindowMs", .milliseconds, "Needs `uniqueKey`"),
            .maybe(
                "onClash",
                .clash,
                "Needs `uniqueKey`; a job with tasks, and each of them, can't have `existing`"
            ),
            .maybe("concurrencyKey", .name), .maybe("fairnessKey", .name),
            .maybe("fairnessWeight", .positive()),
            .maybe("requirements", .named("Requirements")), .maybe("retry", .named("Retry")),
            .maybe("timeouts", .named("Timeouts")),
            .maybe(
                "after",
                .list(.job, atMost: Schema.limits.listItems, isSet: true),
                "Jobs that have to succeed before"
            ),
            .maybe("onParentFailure", .rule), .maybe("onTaskFailure", .rule),
        ]

    static let payload: [Schema.Property] = [
        .maybe("payload", .anyContent, "Any JSON; a text where `contentType` is another"),
        .maybe("payloadBase64", .content, "Any bytes, instead of `payload`"),
        .maybe("contentType", .word),
    ]

    private static let created: [Schema.Property] = [
        .required("id", .job), .required("kind", .name), .required("queue", .name),
        .required("state", .state, "The one in which it began"), .required("createdAt", .dateTime),
        .required("version", .sequence, "Of its first event"),
        .optional(
            "tasks",
            .object([.required("total", .positive()), .required("from", .job), .required("through", .job)])
        ),
        .optional(
            "existing",
            .flag,
            "True where nothing was created: the job was there, and has the unique key"
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
        .maybe("baseMs", .milliseconds), .maybe("factor", .number(RetryPolicy.factors)),
        .maybe("capMs", .milliseconds),
        .maybe("jitter", .share), .maybe("nonRetryable", .names),
    ]

    private static let timeouts: [Schema.Property] = ["leaseMs", "runMs", "totalMs"].map {
        .maybe($0, .positiveMilliseconds)
    }
}

/// What answers say of a job.
enum JobViewSchemas {
    static let schemas: [NamedSchema] = [
        ("JobSummary", .object(standing + essentials)),
        (
            "JobPage",
            .object([
                .required("jobs", .list(.named("JobSummary"), atMost: Pages.longest)),
                .required("next", .optional(.text(isEmptyAllowed: false))),
                .required(
                    "counts",
                    .named("JobCounts"),
                    "Of all jobs, or of the queue and the kind asked for"
                ),
            ])
        ),
        ("JobCounts", .object(JobState.allCases.map { .required($0.name, .count) })),
        ("Job", .object(standing + specification + course + ends)),
        (
            "TaskProgress",
            .object([
                .required("total", .positive()), .required("waiting", .count), .required("running", .count),
                .required("succeeded", .count), .required("dead", .count), .required("cancelled", .count),
                .required("from", .job), .required("through", .job),
            ])
        ),
        (
            "Progress",
            .object([.optional("fraction", .share), .required("message", .text())])
        ),
        (
            "Failure",
            .object([
                .required("type", .text()), .required("message", .text()), .required("retryable", .flag),
                .optional("retryAfterMs", .milliseconds),
            ])
        ),
        (
            "EventPage",
            .object([
                .required("events", .list(.named("Event"), atMost: Pages.longest)),
                .required("next", .optional(.sequence), "The `before` of the next page"),
            ])
        ),
    ]

    /// How it stands.
    private static let standing: [Schema.Property] = [
        .required("id", .job), .required("state", .state), .optional("cancellation", .cancellation),
        .required("attempts", .small), .required("held", .flag), .optional("worker", .name),
        .optional("machine", .name), .required("createdAt", .dateTime), .required("changedAt", .dateTime),
        .required("version", .natural(from: 1)),
    ]

    private static let essentials: [Schema.Property] = [
        .required("kind", .name), .required("queue", .name), .required("priority", .priority),
        .required("tags", .names),
    ]

    /// What was asked for.
    static let specification: [Schema.Property] =
        essentials + [
            .required("attributes", .texts), .optional("runAt", .dateTime), .optional("expiresAt", .dateTime),
            .optional("uniqueKey", .name), .optional("uniqueWindowMs", .milliseconds),
            .required("onClash", .clash), .optional("concurrencyKey", .name),
            .optional("fairnessKey", .name), .required("fairnessWeight", .positive()),
            .optional("source", .name), .optional("confidence", .share),
            .required("requirements", .named("Requirements")), .required("retry", .named("Retry")),
            .required("timeouts", .named("Timeouts")), .required("after", .list(.job)),
            .required("onParentFailure", .rule), .required("onTaskFailure", .rule),
            .optional("parent", .job), .optional("rerunOf", .job),
        ] + payload

    static let payload: [Schema.Property] = [
        .optional("contentType", .text()), .optional("payload", .any), .optional("payloadBase64", .bytes),
    ]

    private static let course: [Schema.Property] = [
        .required("failures", .small), .required("crashes", .small), .required("suggested", .flag),
        .required("cancelRequested", .flag), .required("waitsFor", .count), .optional("due", .dateTime),
        .optional("token", .token), .optional("deadline", .dateTime),
        .optional("progress", .named("Progress")),
        .optional("tasks", .named("TaskProgress")), .optional("failure", .named("Failure")),
    ]

    private static let ends: [Schema.Property] = [
        .optional("endedAt", .dateTime), .optional("deathReason", .text()),
        .optional("resultType", .text()), .optional("result", .any), .optional("resultBase64", .bytes),
    ]
}

/// The shape of an explanation.
enum WhySchemas {
    static let schemas: [NamedSchema] = [
        (
            "Why",
            .object([
                .required("job", .job), .required("state", .state), .optional("queue", .name),
                .required("why", .choice(Why.Reason.names)),
                .optional("worker", .name), .optional("deadline", .dateTime),
                .optional("waitsFor", .count, "Jobs or tasks that have not ended"),
                .optional("due", .dateTime), .optional("limit", .small), .optional("running", .small),
                .optional("machine", .name), .optional("freeCPUMillis", .natural()),
                .optional("ready", .count, "Jobs that are ready in its queue, itself among them"),
            ])
        )
    ]
}
