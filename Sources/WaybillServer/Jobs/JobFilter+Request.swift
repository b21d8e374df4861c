import Waybill
import WaybillHTTP
import WaybillJSON

extension JobFilter {
    /// From the parameters of a query; states are a list with commas.
    init(_ query: inout Query) throws(Problem) {
        var states: Set<JobState> = []
        for name in try query.list("state") {
            guard let state = JobState(named: name) else { throw .invalid("state", Self.wrongState(name)) }
            states.insert(state)
        }
        self.init(
            states: states,
            queue: try query.text("queue"),
            kind: try query.text("kind"),
            tag: try query.text("tag"),
            machine: try query.text("machine"),
            worker: try query.text("worker"),
            isHeld: try query.flag("held"),
            createdFrom: try query.moment("createdFrom"),
            createdBefore: try query.moment("createdBefore"),
            changedFrom: try query.moment("changedFrom"),
            changedBefore: try query.moment("changedBefore")
        )
    }

    /// From a body's object, whose states are a list.
    ///
    /// It has at least one term, for an empty filter is every job.
    init(_ fields: inout JSONFields) throws(FieldProblem) {
        var states: Set<JobState> = []
        for name in try fields.texts("state") {
            guard let state = JobState(named: name) else {
                throw fields.problem("state", Self.wrongState(name))
            }
            states.insert(state)
        }
        let dates = Dates()
        self.init(
            states: states,
            queue: try fields.text("queue"),
            kind: try fields.text("kind"),
            tag: try fields.text("tag"),
            machine: try fields.text("machine"),
            worker: try fields.text("worker"),
            isHeld: try fields.flag("held"),
            createdFrom: try dates.moment("createdFrom", &fields),
            createdBefore: try dates.moment("createdBefore", &fields),
            changedFrom: try dates.moment("changedFrom", &fields),
            changedBefore: try dates.moment("changedBefore", &fields)
        )
        try fields.finish()
        if self == JobFilter() { throw FieldProblem(field: "filter", problem: "must have at least one term") }
    }

    private static func wrongState(_ name: String) -> String {
        "has \(name), and the states are \(JobState.allCases.map(\.name).joined(separator: ", "))"
    }

    static let parameters: [APIOperation.Parameter] = [
        .init(
            "state",
            .text(pattern: "^(\(words))(,(\(words)))*$"),
            "States with commas between them"
        ),
        .init("queue", .text(), "Of this queue"), .init("kind", .text(), "Of this kind"),
        .init("tag", .text(), "With this tag"),
        .init("machine", .text(), "On this machine, or there last"),
        .init("worker", .text(), "Held by this worker"), .init("held", .flag, "Held back, or not"),
        .init("createdFrom", .moment, "Created then or later"),
        .init("createdBefore", .moment, "Created earlier"),
        .init("changedFrom", .moment, "In their state since then or later"),
        .init("changedBefore", .moment, "In their state since earlier"),
    ]

    static let schema = Schema.object([
        .maybe("state", .list(.state)), .maybe("queue", .text()), .maybe("kind", .text()),
        .maybe("tag", .text()), .maybe("machine", .text()), .maybe("worker", .text()),
        .maybe("held", .flag), .maybe("createdFrom", .moment), .maybe("createdBefore", .moment),
        .maybe("changedFrom", .moment), .maybe("changedBefore", .moment),
    ])

    private static var words: String { JobState.allCases.map(\.name).joined(separator: "|") }
}

extension JobState {
    init?(named name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }
}
