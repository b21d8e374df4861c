import Orchestration

/// What has to be true when a sequence is over.
enum TrialEnd {
    static func check(_ trial: Trial) throws {
        do {
            try TrialAudit.auditAll(trial.core.state, trial.oracle)
            try fold(trial.core)
            if let problem = Invariants.problem(in: trial.core.log) {
                throw Trial.Complaint(description: problem)
            }
        } catch let complaint as Trial.Complaint {
            throw Trial.Complaint(step: trial.played, description: complaint.description)
        } catch {
            throw Trial.Complaint(step: trial.played, description: "the log doesn't fold: \(error)")
        }
    }

    /// I6: the log, through the codec, folds to the same state digest for digest.
    private static func fold(_ core: CoreFixture) throws {
        var bytes: [UInt8] = []
        for event in core.log { EventCodec.encode(event, into: &bytes) }
        let read = try EventCodec.decode(bytes)
        if read != core.log { throw Trial.Complaint(description: "the codec changes an event") }
        var folded = State(limits: core.state.limits)
        for event in read { try folded.apply(event) }
        if canonical(folded) != canonical(core.state) {
            throw Trial.Complaint(description: "I6: the log folds to another state")
        }
    }
}
