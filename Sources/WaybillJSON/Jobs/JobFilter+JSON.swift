package import JSONText
package import Orchestration
package import Waybill

extension JobFilter {
    /// At least one term, for an empty filter is every job.
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        var states: Set<JobState> = []
        let namesStates = fields.holds("state")
        for name in try fields.names("state") {
            guard let state = JobState(named: name.text) else {
                throw fields.problem("state", JobState.problem(of: name.text))
            }
            states.insert(state)
        }
        if namesStates, states.isEmpty { throw fields.problem("state", "must not be empty") }
        let dates = Dates()
        self.init(
            states: states,
            queue: try fields.name("queue"),
            kind: try fields.name("kind"),
            tag: try fields.name("tag"),
            machine: try fields.name("machine"),
            worker: try fields.name("worker"),
            isHeld: try fields.flag("held"),
            createdFrom: try dates.moment("createdFrom", &fields),
            createdBefore: try dates.moment("createdBefore", &fields),
            changedFrom: try dates.moment("changedFrom", &fields),
            changedBefore: try dates.moment("changedBefore", &fields)
        )
        try fields.finish()
        if self == JobFilter() { throw FieldProblem(field: "filter", problem: "must have at least one term") }
    }
}

extension JobState {
    package init?(named name: String) {
        guard let state = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = state
    }

    /// What is wrong with a text that names no state.
    package static func problem(of name: String) -> String {
        "has \(name), and the states are \(allCases.map(\.name).joined(separator: ", "))"
    }
}
