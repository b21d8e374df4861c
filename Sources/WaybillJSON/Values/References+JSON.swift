package import JSONText
package import Orchestration

// What jobs and leases are named by.

extension JobID: JSONRepresentable {
    package func append(to json: inout JSONWriter) { rawValue.append(to: &json) }
}

extension LeaseToken: JSONRepresentable {
    package func append(to json: inout JSONWriter) { json.append(description) }

    /// Reads `epoch.counter`, of 19 digits at most each; nil for anything else.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count <= 19 }), let epoch = UInt64(parts[0]),
            let counter = UInt64(parts[1])
        else { return nil }
        self.init(epoch: epoch, counter: counter)
        guard text == description else { return nil }
    }
}

extension JSONFields {
    /// Jobs by their numbers; none where it is missing and may be.
    package mutating func jobs(_ name: String, count: ClosedRange<Int>) throws(FieldProblem) -> [JobID] {
        try numbers(name, count: count).map { JobID($0) }
    }

    package mutating func token(_ name: String) throws(FieldProblem) -> LeaseToken {
        guard let token = LeaseToken(try requiredText(name)) else {
            throw problem(name, "must be a token as a lease has it, such as 1.17")
        }
        return token
    }
}
