import Foundation
import Orchestration
import Testing

/// Random sequences of everything that can happen, against an oracle that was written from the domain alone.
///
/// `WAYBILL_SEQUENCES` says how many sequences are played, `WAYBILL_FIRST_SEED` which is the first.
struct PropertyTests {
    private static let steps = 500
    private static let blocks = 40
    private static let sequences = number("WAYBILL_SEQUENCES") ?? 2000
    private static let firstSeed = UInt64(number("WAYBILL_FIRST_SEED") ?? 0)

    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test(arguments: 0..<PropertyTests.blocks)
    func `the core does what the oracle says, whatever is asked of it`(block: Int) throws {
        for index in stride(from: block, to: Self.sequences, by: Self.blocks) {
            try Self.check(seed: Self.firstSeed &+ UInt64(index))
        }
    }

    private static func check(seed: UInt64) throws {
        var played: [TrialStep] = []
        do {
            var random = RandomSteps(seed: seed)
            var trial = try Trial()
            for _ in 0..<steps {
                played.append(random.next(trial.core))
                try trial.play(played[played.count - 1])
            }
            try TrialEnd.check(trial)
        } catch let complaint as Trial.Complaint {
            Issue.record("seed \(seed), step \(complaint.step): \(complaint)\n\(try shortened(played))")
            throw complaint
        }
    }

    /// Swift that plays the shortest sequence that fails, whatever it fails by.
    private static func shortened(_ steps: [TrialStep]) throws -> String {
        let short = try Shrinking(steps)
        let lines = short.steps.map { "    \($0)," }.joined(separator: "\n")
        return "\(short.complaint.map { "\($0)" } ?? "")\ntry replay([\n\(lines)\n])"
    }
}

/// Plays steps with every check after each of them.
func replay(_ steps: [TrialStep]) throws {
    var trial = try Trial()
    for step in steps { try trial.play(step, auditEvery: 1) }
    try TrialEnd.check(trial)
}
