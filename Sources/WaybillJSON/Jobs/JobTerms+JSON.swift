package import JSONText
package import Orchestration

// The objects inside a job, and what changes of one. Where an object is missing, it is nil.

extension Requirements: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("cpuMillis", cpuMillis, isUsual: cpuMillis == 0)
        json.field("memoryMegabytes", memoryMegabytes, isUsual: memoryMegabytes == 0)
        json.field("gpuMillis", gpuMillis, isUsual: gpuMillis == 0)
        json.field("gpuDevices", gpuDevices, isUsual: gpuDevices == 0)
        json.field("gpuModels", gpuModels, isUsual: gpuModels.isEmpty)
        json.field("labels", labels, isUsual: labels.isEmpty)
        json.optional("machine", machine)
    }

    package init?(_ fields: inout JSONFields) throws(FieldProblem) {
        guard var object = try fields.object("requirements") else { return nil }
        self.init(
            cpuMillis: try object.integer("cpuMillis", UInt64.self) ?? 0,
            memoryMegabytes: try object.integer("memoryMegabytes", UInt64.self) ?? 0,
            gpuMillis: try object.integer("gpuMillis", UInt64.self) ?? 0,
            gpuDevices: try object.integer("gpuDevices", UInt64.self) ?? 0,
            gpuModels: try object.names("gpuModels"),
            labels: try object.names("labels"),
            machine: try object.name("machine")
        )
        try object.finish()
    }
}

extension RetryPolicy: JSONObject {
    /// What JSON takes as a factor.
    package static let factors = 1.0...1000

    package func write(to json: inout JSONWriter) {
        json.field("maxAttempts", maxAttempts)
        json.field("maxCrashes", maxCrashes)
        json.milliseconds("baseMs", base)
        json.field("factor", factor)
        json.milliseconds("capMs", cap)
        json.field("jitter", jitter)
        json.field("nonRetryable", nonRetryable, isUsual: nonRetryable.isEmpty)
    }

    package init?(_ fields: inout JSONFields, usual: RetryPolicy) throws(FieldProblem) {
        guard var object = try fields.object("retry") else { return nil }
        self.init(
            maxAttempts: try object.integer("maxAttempts", UInt32.self) ?? usual.maxAttempts,
            maxCrashes: try object.integer("maxCrashes", UInt32.self) ?? usual.maxCrashes,
            base: try object.milliseconds("baseMs") ?? usual.base,
            factor: try object.real("factor", in: Self.factors) ?? usual.factor,
            cap: try object.milliseconds("capMs") ?? usual.cap,
            jitter: try object.real("jitter", in: 0...1) ?? usual.jitter,
            nonRetryable: try object.names("nonRetryable")
        )
        if maxAttempts == 0 { throw object.problem("maxAttempts", "must be at least 1") }
        try object.finish()
    }
}

extension Timeouts: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.milliseconds("leaseMs", lease)
        json.milliseconds("runMs", run)
        json.milliseconds("totalMs", total)
    }

    package init?(_ fields: inout JSONFields, usual: Timeouts) throws(FieldProblem) {
        guard var object = try fields.object("timeouts") else { return nil }
        self.init(
            lease: try object.positiveMilliseconds("leaseMs") ?? usual.lease,
            run: try object.positiveMilliseconds("runMs"),
            total: try object.positiveMilliseconds("totalMs")
        )
        try object.finish()
    }
}

extension JobChange: JSONObject {
    /// What changes, an emptied list too.
    package func write(to json: inout JSONWriter) {
        json.optional("priority", priority)
        json.optional("runAt", runAt)
        json.optional("tags", tags)
        json.optional("attributes", attributes)
        json.optional("requirements", requirements)
        json.optional("held", isHeld)
    }

    /// Null is no change: whether it leaves a thing as it is or takes it away, it doesn't say.
    package init(_ fields: inout JSONFields, _ moments: inout some Moments) throws(FieldProblem) {
        for name in ["priority", "runAt", "tags", "attributes", "requirements"] {
            try fields.refuseNull(name)
        }
        let (namesTags, namesAttributes) = (fields.holds("tags"), fields.holds("attributes"))
        let (tags, attributes) = (try fields.names("tags"), try fields.attributes("attributes"))
        self.init(
            priority: try fields.integer("priority", Int32.self),
            runAt: try moments.moment("runAt", &fields),
            tags: namesTags ? tags : nil,
            attributes: namesAttributes ? attributes : nil,
            requirements: try Requirements(&fields)
        )
    }
}

extension JSONFields {
    /// Refuses null where it could mean two things.
    package func refuseNull(_ name: String) throws(FieldProblem) {
        guard mentions(name), !holds(name) else { return }
        throw problem(name, "must not be null; leave it out to keep what there is")
    }
}
