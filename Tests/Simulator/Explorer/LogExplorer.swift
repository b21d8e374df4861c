package import EventLog

/// Tries every crash of a short workload: every call boundary, and at each every outcome for what was pending.
///
/// After each, the real log recovers and the oracle judges. Short workloads suffice: the crash bugs of real file
/// systems reproduced with three operations (CrashMonkey, Mohan et al., OSDI 2018).
package struct LogExplorer {
    package var steps: [LogStep]
    /// Payload sizes of batches that are in the log already, written under `commit` and closed properly.
    package var prepared: [Int] = []
    package var durability: Durability
    package var outcomes: CrashOutcomes
    /// Whether every recovery is itself crashed once at each of its call boundaries.
    package var crashesRecovery: Bool

    package init(
        _ steps: [LogStep],
        prepared: [Int] = [],
        durability: Durability = .commit,
        points: TearPoints = .thorough,
        tearsAtOnce: Int = 1,
        crashesRecovery: Bool = false
    ) {
        self.steps = steps
        self.prepared = prepared
        self.durability = durability
        outcomes = CrashOutcomes(points: points, tearsAtOnce: tearsAtOnce)
        self.crashesRecovery = crashesRecovery
    }

    /// One crash point of the workload, with what had been promised by then.
    private struct Moment {
        let point: CrashPoint
        let oracle: LogOracle
    }

    /// Explores until `failureLimit` failures were found.
    package func explore(failureLimit: Int = 1) throws -> ExplorerReport {
        var report = ExplorerReport()
        var seen: Set<Int> = []
        var outcomes = outcomes
        let judge = try RecoveryJudge(durability: durability, crashesRecovery: crashesRecovery)
        for (change, moment) in try moments().enumerated() {
            report.crashPoints += 1
            outcomes.visit(moment.point) { outcome in
                report.outcomes += 1
                var hasher = Hasher()
                hasher.combine(outcome.digest)
                hasher.combine(moment.oracle.promised.count)
                hasher.combine(moment.oracle.uncertain == nil)
                guard report.failures.count < failureLimit, seen.insert(hasher.finalize()).inserted else {
                    return
                }
                report.images += 1
                do throws(Recovery.Complaint) {
                    try judge.judge(outcome.image, moment.oracle)
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
        report.recoveries = judge.recoveries
        return report
    }

    /// Runs the workload once without a fault and keeps every state in which the power could have gone.
    private func moments() throws -> [Moment] {
        let (disk, oracle) = try preparedDisk()
        var process: SimulatedProcess?
        var moments: [Moment] = []
        disk.beforeChange = { disk in
            moments.append(Moment(point: disk.crashPoint(), oracle: process?.oracle ?? oracle))
        }
        let found = try Recovery(durability: durability).open(disk, entropySeed: 1)
        let started = SimulatedProcess(found, oracle, durability, seed: 1)
        process = started
        for step in steps { try started.perform(step, on: disk) }
        moments.append(Moment(point: disk.crashPoint(), oracle: started.oracle))
        disk.beforeChange = nil
        return moments
    }

    private func preparedDisk() throws -> (SimulatedDisk, LogOracle) {
        let disk = SimulatedDisk()
        if prepared.isEmpty { return (disk, LogOracle()) }
        let found = try Recovery(durability: .commit).open(disk, entropySeed: 0)
        let process = SimulatedProcess(found, LogOracle(), .commit, seed: 0)
        for bytes in prepared { try process.perform(.append(bytes: bytes), on: disk) }
        try process.perform(.close, on: disk)
        return (SimulatedDisk(disk.visibleImage), process.oracle)
    }
}
