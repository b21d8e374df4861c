extension CoreLimits {
    /// Everything about a specification that can be judged without a state.
    func check(_ specification: JobSpecification) throws(Refusal) {
        let basics = specification.storage.basics
        try check(name: basics.kind, field: "kind")
        try check(name: basics.queue, field: "queue")
        try check(bytes: basics.payload.count, field: "payload")
        try check(text: basics.contentType, field: "contentType")
        try check(names: basics.tags, field: "tags")
        try check(attributes: basics.attributes)
        try check(name: basics.uniqueKey, field: "uniqueKey")
        // What most jobs share was fine when it was written down.
        if specification.storage.terms !== JobTerms.standard {
            try check(specification.storage.terms.values, basics)
        }
    }

    private func check(_ terms: JobTerms.Values, _ basics: JobSpecification.Basics) throws(Refusal) {
        try check(name: terms.concurrencyKey, field: "concurrencyKey")
        try check(name: terms.fairnessKey, field: "fairnessKey")
        if terms.fairnessWeight == 0 {
            throw .invalid(field: "fairnessWeight", problem: "must be at least 1")
        }
        try check(name: terms.source, field: "source")
        if let confidence = terms.confidence, !(confidence >= 0 && confidence <= 1) {
            throw .invalid(field: "confidence", problem: "must be in 0…1")
        }
        try check(terms.requirements)
        if terms.after.count > listItems {
            throw .invalid(field: "after", problem: "has over \(listItems) entries")
        }
        if let window = terms.uniqueWindow, window < .zero {
            throw .invalid(field: "uniqueWindow", problem: "must not be negative")
        }
        if basics.uniqueKey == nil {
            if terms.uniqueWindow != nil { throw .keyMissing("uniqueWindow") }
            if terms.onClash != .refuse { throw .keyMissing("onClash") }
        }
        if let delay = terms.delay {
            if delay < .zero { throw .invalid(field: "delay", problem: "must not be negative") }
            if basics.runAt != nil {
                throw .invalid(field: "delay", problem: "stands beside runAt; give one")
            }
        }
        try check(terms.retry)
        try check(terms.timeouts)
    }

    /// A job that expires before it may run never runs.
    func check(
        expiresAt: Timestamp?,
        runAt: Timestamp?,
        field: String = "expiresAt"
    ) throws(Refusal) {
        guard let expiresAt, let runAt, expiresAt < runAt else { return }
        throw .invalid(field: field, problem: "lets the job expire before it may run")
    }

    func check(_ requirements: Requirements) throws(Refusal) {
        try check(names: requirements.gpuModels, field: "requirements.gpuModels")
        try check(names: requirements.labels, field: "requirements.labels")
        try check(name: requirements.machine, field: "requirements.machine")
    }

    private func check(_ policy: RetryPolicy) throws(Refusal) {
        if policy.maxAttempts == 0 {
            throw .invalid(field: "retry.maxAttempts", problem: "must be at least 1")
        }
        if policy.base < .zero { throw .invalid(field: "retry.base", problem: "must not be negative") }
        if policy.cap < .zero { throw .invalid(field: "retry.cap", problem: "must not be negative") }
        if !(policy.factor >= 1 && policy.factor.isFinite) {
            throw .invalid(field: "retry.factor", problem: "must be finite and at least 1")
        }
        if !(policy.jitter >= 0 && policy.jitter <= 1) {
            throw .invalid(field: "retry.jitter", problem: "must be in 0…1")
        }
        try check(names: policy.nonRetryable, field: "retry.nonRetryable")
    }

    private func check(_ timeouts: Timeouts) throws(Refusal) {
        if timeouts.lease <= .zero { throw .invalid(field: "timeouts.lease", problem: "must be positive") }
        if let run = timeouts.run, run <= .zero {
            throw .invalid(field: "timeouts.run", problem: "must be positive")
        }
        if let total = timeouts.total, total <= .zero {
            throw .invalid(field: "timeouts.total", problem: "must be positive")
        }
    }
}

extension Refusal {
    /// What is said of a unique key where there is none.
    fileprivate static func keyMissing(_ field: String) -> Refusal {
        .invalid(field: field, problem: "needs a uniqueKey")
    }
}
