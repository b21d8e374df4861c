/// What is wrong with one field of a JSON object: its path, where one can be named, and the problem.
package struct FieldProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package var field: String?
    package var problem: String

    package init(field: String? = nil, problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { field.map { "\($0) \(problem)" } ?? problem }
}
