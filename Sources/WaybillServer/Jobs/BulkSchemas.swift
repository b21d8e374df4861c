import Waybill
import WaybillHTTP
import WaybillJSON

/// The shapes of bulk requests and of their answer.
enum BulkSchemas {
    static let schemas: [NamedSchema] = [
        ("JobFilter", JobFilter.schema),
        ("JobNumbers", byNumbers()),
        (
            "BulkOutcome",
            .object([
                .required("total", .count, "Jobs that were meant"), .required("done", .count),
                .required("refused", .count),
                .required(
                    "refusals",
                    .list(
                        .object([
                            .required("job", .job), .required("code", .text()), .required("detail", .text()),
                        ]),
                        atMost: BulkOutcome.told
                    ),
                    "The first of them"
                ),
            ])
        ),
    ]

    static func byNumbers(_ more: [Schema.Property] = []) -> Schema {
        .object(
            [.required("jobs", .list(.job, atLeast: 1, atMost: Pages.longest, isSet: true))] + more + [
                .reason
            ]
        )
    }

    static let byFilter = Schema.object([
        .required("filter", .named("JobFilter")), .maybe("dryRun", .flag), .reason,
    ])
}
