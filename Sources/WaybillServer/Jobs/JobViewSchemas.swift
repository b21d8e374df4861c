import Waybill
import WaybillHTTP
import WaybillJSON

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
