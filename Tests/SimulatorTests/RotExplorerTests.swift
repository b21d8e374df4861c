import Simulator
import Testing

struct RotExplorerTests {
    @Test(arguments: [
        [LogStep.append(bytes: 60), .append(bytes: 200)],
        [LogStep.append(bytes: 60), .reopen, .append(bytes: 20), .close],
    ])
    func `a flipped bit is refused or harmless, wherever it is`(steps: [LogStep]) throws {
        let report = try RotExplorer(steps).explore()
        #expect(report.failures.isEmpty, "\(report.failures.prefix(5))")
        #expect(report.refused > 0)
        #expect(report.harmless > 0)
    }
}
