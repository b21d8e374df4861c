import Waybill
import WaybillHTTP
import WaybillJSON

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
