import Waybill
import WaybillJSON

extension Call {
    /// The request's context with the `reason` that its body gives, if any.
    func context(_ fields: inout JSONFields) throws -> CommandContext {
        context.with(reason: try fields.text("reason"))
    }

    /// For commands whose body, if there is one, holds a `reason` and nothing else.
    mutating func reasonedContext() throws -> CommandContext {
        try query.finish()
        var fields = try optionalFields()
        let context = try context(&fields)
        try fields.finish()
        return context
    }

    /// Whether the principal may approve suggestions; everybody may as long as nobody is asked who they are.
    var mayApprove: Bool { true }
}
