import JSONText
import Names

extension Problem {
    /// The same, with each field under the name that it has in the request.
    ///
    /// - Parameters:
    ///   - names: See ``APIOperation/names``.
    ///   - body: A field that stands in it is called as it is there.
    func naming(_ names: [String: String], in body: JSONValue?) -> Problem {
        var problem = self
        problem.errors = errors.compactMap { wrong in
            let (place, field) = wrong.path
            guard let name = names[field], !(body?.holds(wrong.name) ?? false) else { return wrong }
            let isWhole = name == APIOperation.wholeBody
            let told = isWhole ? "the body" : place + name
            problem.detail = problem.detail.replacing(
                "\(wrong.name) \(wrong.problem)",
                with: "\(told) \(wrong.problem)"
            )
            return isWhole ? nil : Field(name: told, problem: wrong.problem)
        }
        return problem
    }
}

extension Problem.Field {
    /// The item of a list that the field belongs to, such as `jobs[3].`, and the field in it.
    fileprivate var path: (place: String, field: String) {
        guard let end = name.firstRange(of: "].")?.upperBound else { return ("", name) }
        return (String(name[..<end]), String(name[end...]))
    }
}

extension JSONValue {
    /// Whether there is something under a path, such as `jobs[3].retry.capMs`.
    fileprivate func holds(_ path: String) -> Bool {
        var value = self
        for step in path.split(whereSeparator: { ".[]".contains($0) }) {
            switch value {
            case .object(let members):
                guard let member = members.first(where: { $0.name == Name(String(step)) }) else {
                    return false
                }
                value = member.value
            case .array(let items):
                guard let index = Int(step), items.indices.contains(index) else { return false }
                value = items[index]
            default: return false
            }
        }
        return true
    }
}
