import Waybill
import WaybillHTTP
import WaybillJSON

/// How one thing done to many jobs went.
struct BulkOutcome: Sendable {
    let total: Int
    let done: Int
    var refused = 0
    var refusals: [BulkRefusal] = []

    /// So many refusals are told.
    static let told = 10

    init(total: Int, done: Int) {
        self.total = total
        self.done = done
    }

    init(_ progress: BulkProgress) {
        total = progress.total
        done = progress.done
        refused = progress.refused
        refusals = Array(progress.refusals.prefix(Self.told))
    }

    func reply(sequence: UInt64? = nil) -> Reply {
        var json = JSONWriter()
        json.field("total", UInt64(total))
        json.field("done", UInt64(done))
        json.field("refused", UInt64(refused))
        json.list("refusals", refusals) { refusal, json in
            json.field("job", refusal.job.rawValue)
            json.field("code", refusal.reason.code)
            json.field("detail", refusal.reason.description)
        }
        return .json(json.finish(), sequence: sequence)
    }
}

/// The shapes of bulk requests and of their answer.
enum BulkSchemas {
    static let schemas: [NamedSchema] = [
        ("JobFilter", JobFilter.schema),
        ("JobIDs", byIDs()),
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

    static func byIDs(_ more: [Schema.Property] = []) -> Schema {
        .object(
            [.required("ids", .list(.job, atLeast: 1, atMost: Pages.longest, isSet: true))] + more + [.reason]
        )
    }

    static let byFilter = Schema.object([
        .required("filter", .named("JobFilter")), .maybe("dryRun", .flag), .reason,
    ])
}
