package import JSONText
package import Orchestration
package import Waybill

extension JobFilter {
    /// At least one term, for an empty filter is every job.
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        var states: Set<JobState> = []
        let namesStates = fields.holds("state")
        for name in try fields.texts("state") {
            guard let state = JobState(named: name) else {
                throw fields.problem("state", JobState.problem(of: name))
            }
            states.insert(state)
        }
        if namesStates, states.isEmpty { throw fields.problem("state", "must not be empty") }
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
