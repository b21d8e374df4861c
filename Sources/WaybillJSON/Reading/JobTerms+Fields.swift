package import JSONText
package import Orchestration

// The objects inside a job's fields; nil where they are missing.

extension Requirements {
    package init?(_ fields: inout JSONFields) throws(FieldProblem) {
        guard var object = try fields.object("requirements") else { return nil }
        self.init(
            cpuMillis: try object.integer("cpuMillis", UInt64.self) ?? 0,
            memoryMegabytes: try object.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuMillis: try object.integer("gpuMillis", UInt64.self) ?? 0,
            gpuDevices: try object.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModels: try object.texts("gpuModels"),
            labels: try object.texts("labels"),
            machine: try object.text("machine")
        )
        try object.finish()
    }
}

extension RetryPolicy {
    package init?(_ fields: inout JSONFields, usual: RetryPolicy) throws(FieldProblem) {
        guard var object = try fields.object("retry") else { return nil }
        self.init(
            maxAttempts: try object.integer("maxAttempts", UInt32.self) ?? usual.maxAttempts,
            maxCrashes: try object.integer("maxCrashes", UInt32.self) ?? usual.maxCrashes,
            base: try object.span("base") ?? usual.base,
            factor: try object.real("factor", in: 0...1000) ?? usual.factor,
            cap: try object.span("cap") ?? usual.cap,
            jitter: try object.real("jitter", in: 0...1) ?? usual.jitter,
            nonRetryable: try object.texts("nonRetryable")
        )
        if maxAttempts == 0 { throw object.problem("maxAttempts", "must be at least 1") }
        try object.finish()
    }
}

extension Timeouts {
    package init?(_ fields: inout JSONFields, usual: Timeouts) throws(FieldProblem) {
        guard var object = try fields.object("timeouts") else { return nil }
        self.init(
            lease: try object.span("lease") ?? usual.lease,
            run: try object.span("run"),
            total: try object.span("total")
        )
        try object.finish()
    }
}

extension JobChange {
    package init(_ fields: inout JSONFields, _ moments: inout some Moments) throws(FieldProblem) {
        let (namesTags, namesAttributes) = (fields.holds("tags"), fields.holds("attributes"))
        let (tags, attributes) = (try fields.texts("tags"), try fields.dictionary("attributes"))
        self.init(
            priority: try fields.integer("priority", Int32.self),
            runAt: try moments.moment("runAt", &fields),
            tags: namesTags ? tags : nil,
            attributes: namesAttributes ? attributes : nil,
            requirements: try Requirements(&fields)
        )
    }
}
