import Orchestration
import Testing

/// That the random sequences reach what they are meant to reach.
struct CoverageTests {
    @Test
    func `forty sequences write every event and give every refusal that the core knows`() throws {
        var events: Set<String> = []
        var ofParents: Set<String> = []
        var refusals: Set<String> = []
        var groups: [String: Int] = [:]
        for seed in UInt64(0)..<40 {
            var random = RandomSteps(seed: seed)
            var trial = try Trial()
            for _ in 0..<400 { try trial.play(random.next(trial.core), auditEvery: 1000) }
            for event in trial.core.log {
                events.insert(name(of: event))
                if trial.oracle.job(event.body.job ?? JobID(0))?.taskCount ?? 0 > 0 {
                    ofParents.insert(name(of: event))
                }
            }
            refusals.formUnion(trial.refusals.keys)
            groups.merge(trial.groups) { $0 + $1 }
        }
        #expect(
            ofParents.isSuperset(of: [
                "jobCreated", "jobSucceeded", "jobDied", "jobCancelled", "jobExpired", "jobRedriven",
                "jobUpdated", "jobPruned",
            ])
        )
        let all = Set(EveryEvent.bodies.map { name(of: $0) })
        #expect(all.subtracting(events) == ["clockJumped", "logQuarantined"])
        #expect(
            refusals == [
                "notFound", "machineNotFound", "machineExists", "workerNotFound", "queueUnknown",
                "queueDraining", "duplicate",
                "alreadyDecided", "alreadyEnded", "notRunning", "wrongState", "held", "limitReached",
                "workerIsFull", "noCapacity", "approvalNeeded", "keyReused", "tooManyKeys", "leaseLost",
                "versionConflict",
                "payloadTooLarge", "invalid",
            ]
        )
        for kind in ["together", "each"] {
            for what in ["new", "refused", "again", "late"] {
                #expect(groups["\(kind), \(what)"] ?? 0 > 0, "\(kind), \(what)")
            }
        }
    }
}
