import Simulator
import Testing

struct EngineExplorerTests {
    @Test(arguments: EngineScenario.all)
    func `every crash of a few commands is recovered from`(scenario: EngineScenario) throws {
        let report = try EngineExplorer(scenario).explore()
        #expect(report.failures.isEmpty, "\(scenario): \(report)")
        #expect(report.crashPoints > 5)
        #expect(report.images > 20)
    }
}
