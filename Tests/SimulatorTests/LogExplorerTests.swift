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
}
