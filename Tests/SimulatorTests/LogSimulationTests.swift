import Simulator
import Testing

struct LogSimulationTests {
    @Test(arguments: 0..<10)
    func `three thousand seeds are recovered from`(block: Int) throws {
        let decoder = try StandardDecoder()
        var total = SimulationStatistics()
        for seed in UInt64(block) * 300..<UInt64(block + 1) * 300 {
            do throws(LogSimulation.Failure) {
                total.add(try LogSimulation.run(seed: seed, decoder).statistics)
            } catch {
                Issue.record("\(error)")
                return
            }
        }
        #expect(total.recoveries > 300)
        #expect(total.faults.count > 3)
    }

    @Test
    func `a seed runs the same way twice`() throws {
        let decoder = try StandardDecoder()
        for seed in UInt64(0)..<20 {
            let first = try LogSimulation.run(seed: seed, isTraced: true, decoder)
            let second = try LogSimulation.run(seed: seed, isTraced: true, decoder)
            #expect(first.trace == second.trace, "seed \(seed)")
            #expect(first.statistics == second.statistics, "seed \(seed)")
        }
    }
}
