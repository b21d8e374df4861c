import Waybill
import WaybillHTTP
import WaybillJSON

extension JobFilter {
    /// From the parameters of a query; states are a list with commas.
    init(_ query: inout Query) throws(Problem) {
        var states: Set<JobState> = []
        for name in try query.list("state") {
            guard let state = JobState(named: name) else {
                throw .invalid("state", JobState.problem(of: name))
            }
            states.insert(state)
        }
        self.init(
            states: states,
            queue: try query.name("queue"),
            kind: try query.name("kind"),
            tag: try query.name("tag"),
            machine: try query.name("machine"),
            worker: try query.name("worker"),
            isHeld: try query.flag("held"),
            createdFrom: try query.timestamp("createdFrom"),
            createdBefore: try query.timestamp("createdBefore"),
            changedFrom: try query.timestamp("changedFrom"),
            changedBefore: try query.timestamp("changedBefore")
        )
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
        .init("createdFrom", .givenTime, "Created then or later"),
        .init("createdBefore", .givenTime, "Created earlier"),
        .init("changedFrom", .givenTime, "In their state since then or later"),
        .init("changedBefore", .givenTime, "In their state since earlier"),
    ]

    static let schema = Schema.object(
        [
            .maybe("state", .list(.state, atLeast: 1)), .maybe("queue", .text()), .maybe("kind", .text()),
            .maybe("tag", .text()), .maybe("machine", .text()), .maybe("worker", .text()),
            .maybe("held", .flag), .maybe("createdFrom", .givenTime), .maybe("createdBefore", .givenTime),
            .maybe("changedFrom", .givenTime), .maybe("changedBefore", .givenTime),
        ],
        atLeast: 1
    )

    private static var words: String { JobState.allCases.map(\.name).joined(separator: "|") }
}
