import Simulator
import Testing

struct ActionExplorerTests {
    @Test(arguments: ActionExplorer.Entry.allCases, ActionExplorer.Fate.allCases)
    func `whatever strikes between two actions, everybody is told and everything is done once`(
        first: ActionExplorer.Entry,
        fate: ActionExplorer.Fate
    ) throws {
        let report = try ActionExplorer().explore(from: first, fate)
        #expect(report.rows >= 21)
        #expect(report.moments > report.rows * 5)
    }
}
