import EventLog
import Orchestration
import TestSupport

/// Tries every crash of a few commands, as ``LogExplorer`` does for the log, and opens the engine on what is left.
///
/// Every call boundary, every subset of what was pending, and as many torn writes at once as was asked for.
package struct EngineExplorer {
    package var scenario: EngineScenario
    package var outcomes: CrashOutcomes

    package init(_ scenario: EngineScenario, points: TearPoints = .quick, tearsAtOnce: Int = 0) {
        self.scenario = scenario
        outcomes = CrashOutcomes(points: points, tearsAtOnce: tearsAtOnce)
    }

    /// One crash point of the workload, with what had been promised by then.
    private struct Moment {
        let point: CrashPoint
        let oracle: EngineOracle
    }

    /// Explores until the first failure.
    package func explore() throws -> ExplorerReport {
        var report = ExplorerReport()
        var seen: Set<Int> = []
        var outcomes = outcomes
        let judge = EngineJudge(decoder: try StandardDecoder())
        for (change, moment) in try moments().enumerated() {
            report.crashPoints += 1
            outcomes.visit(moment.point) { outcome in
                report.outcomes += 1
                var hasher = Hasher()
                hasher.combine(outcome.digest)
                hasher.combine(moment.oracle.log)
                guard report.failures.isEmpty, seen.insert(hasher.finalize()).inserted else { return }
                report.images += 1
                do throws(Recovery.Complaint) {
                    report.recoveries += try recover(SimulatedDisk(outcome.image), moment.oracle, judge)
                } catch {
                    report.failures.append(
                        ExplorerReport.Failure(
                            complaint: error.description,
                            change: change,
                            choice: outcome.choice,
                            point: moment.point
                        )
                    )
                }
            }
        }
        return report
    }

    /// Opens the engine on what the power cut left, judges it, records the epoch, and recovers once more.
    private func recover(
        _ disk: SimulatedDisk,
        _ oracle: EngineOracle,
        _ judge: EngineJudge
    ) throws(Recovery.Complaint) -> Int {
        do {
            let writer = try EngineJudge.open(disk, scenario.durability, seed: 2)
            let found = try RecoveredEngine.replay(writer)
            try judge.judge(found, writer, oracle, after: .power)
            var next = oracle
            next.adopt(found, afterLies: false)
            let engine = engine(writer, found, next)
            try engine.run()
            _ = try judge.judgeQuarantine(engine, from: found)
            try judge.audit(writer, on: disk)
            try judge.judgeAgain(engine, on: disk, scenario.durability)
            return 2
        } catch let complaint as Recovery.Complaint {
            throw complaint
        } catch {
            throw Recovery.Complaint(description: "the engine does not open: \(error)")
        }
    }

    /// Runs the workload once without a fault and keeps every state in which the power could have gone.
    private func moments() throws -> [Moment] {
        let disk = SimulatedDisk()
        var running: SimulatedEngine?
        var moments: [Moment] = []
        disk.beforeChange = { disk in
            moments.append(Moment(point: disk.crashPoint(), oracle: running?.oracle ?? EngineOracle()))
        }
        let writer = try EngineJudge.open(disk, scenario.durability, seed: 1)
        let engine = engine(writer, try RecoveredEngine.replay(writer), EngineOracle())
        running = engine
        try engine.run()
        var random = SeededRandom(seed: 1)
        for action in scenario.actions {
            switch action {
            case .group(let commands):
                for command in commands { engine.offer(.command(command, CommandContext(actor: "explorer"))) }
                try engine.run()
            case .advance(let span): try engine.advance(by: span)
            case .leave:
                engine.leave(&random)
                try engine.run()
            }
        }
        moments.append(Moment(point: disk.crashPoint(), oracle: engine.oracle))
        disk.beforeChange = nil
        return moments
    }

    private func engine(
        _ writer: LogWriter,
        _ found: RecoveredEngine,
        _ oracle: EngineOracle
    ) -> SimulatedEngine {
        SimulatedEngine(
            writer,
            found,
            oracle,
            scenario.durability,
            .virtual,
            wallTime: Timestamp(seconds: 1_700_000_000),
            seed: writer.epoch
        )
    }
}
