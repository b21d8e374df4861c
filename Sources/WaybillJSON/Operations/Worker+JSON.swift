package import JSONText
package import Orchestration
package import Waybill

extension WorkerSpecification {
    /// What it registered for; its name stands apart, for it is `worker` where an event speaks of it.
    func write(to json: inout JSONWriter) {
        json.field("slots", slots)
        json.field("queues", queues, isUsual: queues.isEmpty)
        json.field("kinds", kinds, isUsual: kinds.isEmpty)
        json.field("labels", labels, isUsual: labels.isEmpty)
    }

    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredName("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: Name, _ fields: inout JSONFields) throws(FieldProblem) {
        guard let slots = try fields.integer("slots", UInt32.self) else {
            throw fields.problem("slots", "is missing")
        }
        self.init(
            name: name,
            slots: slots,
            queues: try fields.names("queues"),
            kinds: try fields.names("kinds"),
            labels: try fields.names("labels")
        )
    }
}

extension WorkerSummary: JSONListed {
    package static let listName = "workers"

    package func write(to json: inout JSONWriter) {
        json.field("name", name)
        json.field("registered", registration != nil)
        registration?.write(to: &json)
        json.field("running", running)
        json.optional("available", available)
        json.field("draining", isDraining)
        json.optional("lastSeen", lastSeen)
        json.field("attempts", attempts)
    }
}
