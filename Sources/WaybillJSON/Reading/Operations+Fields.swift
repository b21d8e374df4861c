package import JSONText
package import Orchestration

// What jobs wait in, and what they run on.

extension WorkerSpecification {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredText("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: String, _ fields: inout JSONFields) throws(FieldProblem) {
        self.init(
            name: name,
            slots: try fields.integer("slots", UInt32.self) ?? 0,
            queues: try fields.texts("queues"),
            kinds: try fields.texts("kinds"),
            labels: try fields.texts("labels")
        )
    }
}

extension QueueSpecification {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredText("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: String, _ fields: inout JSONFields) throws(FieldProblem) {
        self.init(name: name)
        concurrency = try fields.integer("concurrency", UInt32.self)
        keyConcurrency = try fields.integer("keyConcurrency", UInt32.self)
        if var rate = try fields.object("rate") {
            self.rate = Rate(
                try rate.integer("starts", UInt32.self) ?? 0,
                per: try rate.requiredSpan("interval"),
                burst: try rate.integer("burst", UInt32.self) ?? 1
            )
            try rate.finish()
        }
        let policies: [DispatchPolicy] = [.fifo, .priority]
        policy = try fields.choice("policy", policies, \.name) ?? policy
        aging = try fields.span("aging") ?? aging
        retention = Retention(
            succeeded: try fields.span("keepSucceeded"),
            dead: try fields.span("keepDead"),
            cancelled: try fields.span("keepCancelled")
        )
    }
}

extension MachineSpecification {
    package init(_ fields: inout JSONFields) throws(FieldProblem) {
        try self.init(name: fields.requiredText("name"), &fields)
    }

    /// With the name that stands elsewhere.
    package init(name: String, _ fields: inout JSONFields) throws(FieldProblem) {
        guard let cpuMillis = try fields.integer("cpuMillis", UInt64.self) else {
            throw fields.problem("cpuMillis", "is missing")
        }
        self.init(
            name: name,
            cpuMillis: cpuMillis,
            memoryMegabytes: try fields.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuDevices: try fields.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModel: try fields.text("gpuModel") ?? "",
            labels: try fields.texts("labels"),
            attributes: try fields.dictionary("attributes")
        )
    }
}
