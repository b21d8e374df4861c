package import Waybill
import WaybillHTTP
package import WaybillJSON

extension JSONFields {
    /// A list of whole numbers from 1, empty where it is missing.
    package mutating func numbers(_ name: String) throws(FieldProblem) -> [UInt64] {
        guard let member = member(name) else { return [] }
        let problem = problem(name, "must be a list of whole numbers from 1")
        guard case .array(let values) = member.value else { throw problem }
        var numbers: [UInt64] = []
        for value in values {
            guard case .number(let text) = value, let number = Number.whole(text, UInt64.self), number > 0
            else { throw problem }
            numbers.append(number)
        }
        return numbers
    }

    /// The jobs that a command on several names: from one to a thousand.
    package mutating func ids() throws(FieldProblem) -> [JobID] {
        try numbers("ids", atMost: Pages.longest).map { JobID($0) }
    }

    /// A lease's token, `epoch.counter`.
    package mutating func token(_ name: String) throws(FieldProblem) -> LeaseToken {
        guard let token = LeaseToken(text: try requiredText(name)) else {
            throw problem(name, "must be a token as a lease has it, such as 1.17")
        }
        return token
    }
}

extension LeaseToken {
    /// Reads `epoch.counter`; nil for anything else.
    package init?(text: String) {
        guard let place = Cursor(text), text == place.description else { return nil }
        self.init(epoch: place.epoch, counter: place.sequence)
    }
}
