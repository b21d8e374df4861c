import EventLog
import Simulator
import Testing

struct EngineSimulationTests {
    @Test(arguments: 0..<10)
    func `two thousand lives of engines are recovered from`(block: Int) throws {
        let decoder = try StandardDecoder()
        var total = EngineStatistics()
        for seed in UInt64(block) * 200..<UInt64(block + 1) * 200 {
            do throws(LogSimulation.Failure) {
                total.add(try EngineSimulation.run(seed: seed, decoder).statistics)
            } catch {
                Issue.record("engine \(error)")
                return
            }
        }
        #expect(total.log.recoveries > 200)
        #expect(total.log.faults.count > 3)
        #expect(total.secondRecoveries > 200)
        #expect(total.refusals > 0)
        #expect(total.timerEvents > 0)
        #expect(total.noRoom > 0)
        #expect(total.quarantined > 0)
    }

    /// The opening waited for room, and named its torn tails before the last one was moved aside.
    @Test(arguments: [UInt64(229), 977, 1264])
    func `a tail that is moved aside when room is back has its event in the same epoch`(seed: UInt64) throws {
        let run = try EngineSimulation.run(seed: seed, StandardDecoder())
        #expect(run.statistics.quarantined > 0)
    }

    /// The watermarks could not be rewritten, and the engine would have folded less or more than the log holds.
    @Test(arguments: [UInt64(3922), 4560, 12578])
    func `an engine begins where the log ends, also on a full disk`(seed: UInt64) throws {
        _ = try EngineSimulation.run(seed: seed, StandardDecoder())
    }

    @Test
    func `an engine's seed runs the same way twice`() throws {
        let decoder = try StandardDecoder()
        for seed in UInt64(0)..<10 {
            let first = try EngineSimulation.run(seed: seed, isTraced: true, decoder)
            let second = try EngineSimulation.run(seed: seed, isTraced: true, decoder)
            #expect(first.trace == second.trace, "seed \(seed)")
            #expect(first.statistics == second.statistics, "seed \(seed)")
        }
    }

    @Test
    func `every kind of command is answered in some life`() throws {
        let decoder = try StandardDecoder()
        var answered: Set<Substring> = []
        for seed in UInt64(0)..<150 {
            for line in try EngineSimulation.run(seed: seed, isTraced: true, decoder).trace
            where line.contains(" → answered") {
                answered.insert(line.drop { $0 == " " }.prefix { $0 != "(" })
            }
        }
        let asked: Set<Substring> = [
            "create", "createMany", "createWithTasks", "suggest", "approve", "reject", "update", "hold",
            "unhold", "cancel",
            "addPoints", "redrive", "rerun", "discard", "prune", "dispatch", "start", "heartbeat", "complete",
            "completeMany", "fail", "snooze", "release", "registerWorker", "drainWorker", "configureQueue",
            "setQueueStatus", "registerMachine", "setMachineStatus",
        ]
        #expect(asked.subtracting(answered).isEmpty)
    }
}
