package import JSONText
package import Orchestration
package import Waybill

// What became of commands.

/// Why something was not done: a code for programs, a sentence for people.
package struct Reason: JSONObject {
    package let code: String
    package let detail: String

    package init(code: String, detail: String) {
        self.code = code
        self.detail = detail
    }

    package func write(to json: inout JSONWriter) {
        json.field("code", code)
        json.field("detail", detail)
    }
}

extension Refusal: JSONObject {
    package var reason: Reason { Reason(code: name, detail: fieldProblem?.description ?? description) }

    package func write(to json: inout JSONWriter) { reason.write(to: &json) }

    /// What is wrong with the fields of a command, under the name that the field has in JSON.
    package var fieldProblem: FieldProblem? {
        switch root {
        case .invalid(let field, let problem):
            FieldProblem(field: Self.inJSON(field), problem: problem)
        case .payloadTooLarge(let field, let bytes, let limit):
            FieldProblem(field: Self.inJSON(field), problem: "has \(bytes) bytes, over the limit of \(limit)")
        default: nil
        }
    }

    private static func inJSON(_ field: String) -> String {
        guard field.hasPrefix("jobs[") || field.hasPrefix("tasks["), let end = field.firstIndex(of: ".")
        else {
            return fieldNames[field] ?? field
        }
        return "\(field[..<end]).\(inJSON(String(field[field.index(after: end)...])))"
    }

    /// Fields whose names in JSON say more than those in code, or stand in another place.
    private static let fieldNames = [
        "aging": "agingMs", "completions": "complete", "delay": "delayMs", "failure.message": "message",
        "failure.retryAfter": "retryAfterMs", "failure.type": "type", "isHeld": "held", "lease": "leaseMs",
        "patch": "payload", "patch.contentType": "contentType", "progress.fraction": "fraction",
        "progress.message": "message", "rate.interval": "rate.intervalMs",
        "result.contentType": "resultType", "retention.cancelled": "retention.cancelledMs",
        "retention.dead": "retention.deadMs", "retention.succeeded": "retention.succeededMs",
        "retry.base": "retry.baseMs", "retry.cap": "retry.capMs", "span": "forMs",
        "timeouts.lease": "timeouts.leaseMs", "timeouts.run": "timeouts.runMs",
        "timeouts.total": "timeouts.totalMs", "uniqueWindow": "uniqueWindowMs", "wait": "waitMs",
    ]
}

extension BulkRefusal: JSONObject {
    package func write(to json: inout JSONWriter) {
        json.field("job", job)
        reason.write(to: &json)
    }
}

/// How one thing done to many jobs went.
package struct BulkOutcome: JSONObject {
    /// Jobs that were meant.
    package let total: Int
    package let done: Int
    package let refused: Int
    /// The first of them.
    package let refusals: [BulkRefusal]
    /// Where answers have no header for it.
    private let sequence: UInt64?

    /// So many refusals are told.
    package static let told = 10

    package init(total: Int, done: Int, sequence: UInt64? = nil) {
        self.total = total
        self.done = done
        self.sequence = sequence
        (refused, refusals) = (0, [])
    }

    package init(_ progress: BulkProgress, sequence: UInt64? = nil) {
        total = progress.total
        done = progress.done
        refused = progress.refused
        refusals = Array(progress.refusals.prefix(Self.told))
        self.sequence = sequence
    }

    package func write(to json: inout JSONWriter) {
        json.field("total", total)
        json.field("done", done)
        json.field("refused", refused)
        json.field("refusals", refusals)
        json.optional("sequence", sequence)
    }
}

/// The number of a job that was made, where it is all that is said.
package struct NewJobNumber: JSONObject {
    package let id: JobID
    private let rerunOf: JobID?
    private let isExisting: Bool
    private let sequence: UInt64?

    package init(_ id: JobID, rerunOf: JobID? = nil, isExisting: Bool = false, sequence: UInt64? = nil) {
        self.id = id
        self.rerunOf = rerunOf
        self.isExisting = isExisting
        self.sequence = sequence
    }

    package func write(to json: inout JSONWriter) {
        json.field("id", id)
        json.optional("rerunOf", rerunOf)
        if isExisting { json.field("existing", true) }
        json.optional("sequence", sequence)
    }
}

/// What became of a lease, and of its job.
package struct LeaseOutcome: JSONObject {
    package let token: LeaseToken?
    package let job: JobID?
    package let outcome: String
    /// The job's state afterwards: a job that was told to stop is cancelled, whatever its worker says.
    package let state: JobState?
    package let sequence: UInt64

    package init(token: LeaseToken?, job: JobID?, outcome: String, state: JobState?, sequence: UInt64) {
        self.token = token
        self.job = job
        self.outcome = outcome
        self.state = state
        self.sequence = sequence
    }

    package func write(to json: inout JSONWriter) {
        json.optional("token", token)
        json.optional("job", job)
        json.field("outcome", outcome)
        json.optional("state", state?.name)
        json.field("sequence", sequence)
    }
}

/// What was done to a queue.
package struct QueueOutcome: JSONObject {
    package let queue: Name
    package let outcome: String
    package let sequence: UInt64

    package init(queue: Name, outcome: String, sequence: UInt64) {
        self.queue = queue
        self.outcome = outcome
        self.sequence = sequence
    }

    package func write(to json: inout JSONWriter) {
        json.field("queue", queue)
        json.field("outcome", outcome)
        json.field("sequence", sequence)
    }
}

/// The jump of a clock that was accepted; nil where there was none.
package struct ClockOutcome: JSONObject {
    package let jump: TimeSpan?

    package init(jump: TimeSpan?) {
        self.jump = jump
    }

    package func write(to json: inout JSONWriter) {
        json.milliseconds("jumpMs", jump)
    }
}
