import Waybill

/// One line that a killed writer printed after an answer.
struct Acknowledgement {
    enum Kind: String {
        case create, dispatch, complete
    }

    let kind: Kind
    let job: JobID
    let sequence: UInt64
    /// The job's unique key; `-` where the line names none.
    let key: String

    /// Nil for a line that acknowledges nothing.
    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 4, let kind = Kind(rawValue: String(words[0])), let job = UInt64(words[1]),
            let sequence = UInt64(words[2])
        else { return nil }
        self.kind = kind
        self.job = JobID(job)
        self.sequence = sequence
        key = String(words[3])
    }

    /// Whether `event` is what was acknowledged.
    func isKept(by event: Event) -> Bool {
        switch (kind, event.body) {
        case (.create, .jobCreated(let job, let specification)):
            job == self.job && specification.uniqueKey == key
        case (.dispatch, .jobDispatched(let dispatched)): dispatched.job == job
        case (.complete, .jobSucceeded(let job, _, _)): job == self.job
        default: false
        }
    }
}
