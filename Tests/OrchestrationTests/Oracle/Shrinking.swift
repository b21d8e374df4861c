import Orchestration

/// Makes a failing sequence short: parts are left out, large ones first, as long as it still fails (Zeller's ddmin).
struct Shrinking {
    private struct Recorded {
        let step: TrialStep
        let offspring: Renaming.Offspring
    }

    /// The steps that are left, with the numbers that they have among themselves.
    private(set) var steps: [TrialStep] = []
    private(set) var complaint: Trial.Complaint?

    /// Of steps of which the last one fails, or the end of all.
    init(_ steps: [TrialStep]) throws {
        var trial = try Trial()
        var kept: [Recorded] = []
        for step in steps {
            let mark = trial.core.log.count
            // The last step's complaint is what is looked for.
            _ = Result { try trial.play(step) }
            kept.append(Recorded(step: step, offspring: .init(of: trial.core.log[mark...])))
        }
        var size = kept.count
        while size >= 1 {
            var start = 0
            var hasShrunk = false
            while start < kept.count {
                var candidate = kept
                candidate.removeSubrange(start..<min(start + size, kept.count))
                if fails(candidate) {
                    kept = candidate
                    hasShrunk = true
                } else {
                    start += size
                }
            }
            if size == 1, !hasShrunk { break }
            size = max(1, size / 2)
        }
        _ = fails(kept)
    }

    private mutating func fails(_ candidate: [Recorded]) -> Bool {
        var renaming = Renaming()
        var played: [TrialStep] = []
        do {
            var trial = try Trial()
            for recorded in candidate {
                let step = renaming(recorded.step, trial.core)
                let mark = trial.core.log.count
                played.append(step)
                try trial.play(step, auditEvery: 1)
                renaming.note(recorded.offspring, .init(of: trial.core.log[mark...]))
            }
            try TrialEnd.check(trial)
            return false
        } catch {
            steps = played
            complaint = error as? Trial.Complaint
            return complaint != nil
        }
    }
}
