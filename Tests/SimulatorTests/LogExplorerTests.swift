import Simulator
import Testing

struct LogExplorerTests {
    @Test(arguments: CrashScenario.all)
    func `every crash of a short workload is recovered from`(scenario: CrashScenario) throws {
        let report = try LogExplorer(
            scenario.steps,
            prepared: scenario.prepared,
            durability: scenario.durability,
            points: .quick
        ).explore()
        #expect(report.failures.isEmpty, "\(scenario): \(report)")
        #expect(report.crashPoints > 5)
        #expect(report.recoveries >= report.images)
    }

    @Test(
        arguments: CrashScenario.all.filter { ["one small batch", "closed and continued"].contains($0.name) }
    )
    func `a recovery that is crashed ends where an undisturbed one does`(scenario: CrashScenario) throws {
        let points = TearPoints(rests: [.noise(seed: 1)], includesSuffixes: false)
        let report = try LogExplorer(
            scenario.steps,
            durability: scenario.durability,
            points: points,
            crashesRecovery: true
        ).explore()
        #expect(report.failures.isEmpty, "\(scenario): \(report)")
        #expect(report.recoveries > 4 * report.images)
    }
}
