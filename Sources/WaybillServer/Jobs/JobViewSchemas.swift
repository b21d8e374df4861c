import Waybill
import WaybillHTTP
import WaybillJSON

/// What answers say of a job.
enum JobViewSchemas {
    static let schemas: [NamedSchema] = [
        ("JobSummary", .object(summary)),
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
        ("Job", .object(identity + terms + content + course + ends)),
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
                .optional("retryAfter", .span),
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

    private static let identity: [Schema.Property] = [
        .required("id", .job), .required("kind", .name), .required("queue", .name),
        .required("state", .state), .optional("cancellation", .cancellation),
        .required("priority", .priority), .required("attempts", .small), .required("tags", .names),
        .required("held", .flag), .optional("worker", .name), .optional("machine", .name),
        .required("createdAt", .moment), .required("changedAt", .moment),
        .required("version", .natural(from: 1)),
    ]

    private static let summary = identity

    /// What was asked for.
    static let terms: [Schema.Property] = [
        .required("attributes", .texts), .optional("runAt", .moment), .optional("expiresAt", .moment),
        .optional("uniqueKey", .name), .optional("uniqueWindow", .span), .required("onClash", .clash),
        .optional("concurrencyKey", .name), .optional("fairnessKey", .name),
        .required("fairnessWeight", .positive()), .optional("source", .name),
        .optional("confidence", .share), .required("requirements", .named("Requirements")),
        .required("retry", .named("Retry")), .required("timeouts", .named("Timeouts")),
        .required("after", .list(.job)), .required("onParentFailure", .rule),
        .required("onTaskFailure", .rule), .optional("parent", .job), .optional("rerunOf", .job),
    ]

    static let content: [Schema.Property] = [
        .optional("contentType", .text()), .optional("payload", .any), .optional("payloadBase64", .bytes),
    ]

    private static let course: [Schema.Property] = [
        .required("failures", .small), .required("crashes", .small), .required("suggested", .flag),
        .required("cancelRequested", .flag), .required("waitsFor", .count), .optional("due", .moment),
        .optional("token", .token), .optional("deadline", .moment), .optional("progress", .named("Progress")),
        .optional("tasks", .named("TaskProgress")), .optional("failure", .named("Failure")),
    ]

    private static let ends: [Schema.Property] = [
        .optional("endedAt", .moment), .optional("deathReason", .text()),
        .optional("resultType", .text()), .optional("result", .any), .optional("resultBase64", .bytes),
    ]
}
