import EventLog
import Orchestration
import Waybill

/// Tries a kill, a failed sync, a full disk, files that go away and a reader's report of damage between any two actions of
/// the sequencer, for every row of up to three entries.
///
/// Whatever happens, everybody is told once, the log opens again with what was promised, and whoever then asks again
/// under the same keys finds everything done once.
package struct ActionExplorer {
    package enum Fate: CaseIterable, Sendable {
        case kill, failedSync, fullDisk, lostFiles, damageReport
    }

    /// What one of the entries asks for.
    package enum Entry: CaseIterable, Sendable {
        case create, together, each, dispatch
    }

    package struct Report: Equatable, Sendable {
        package var rows = 0
        package var moments = 0
    }

    private static let wallTime = Timestamp(seconds: 1_700_000_000)
    private let judge: EngineJudge

    package init() throws {
        judge = EngineJudge(decoder: try StandardDecoder())
    }

    /// All rows that begin with an entry, and the empty one with the first.
    package func explore(from first: Entry, _ fate: Fate) throws -> Report {
        var report = Report()
        let pairs = Entry.allCases.flatMap { second in
            [[first, second]] + Entry.allCases.map { [first, second, $0] }
        }
        for row in (first == Entry.allCases[0] ? [[]] : []) + [[first]] + pairs {
            report.rows += 1
            var moment = 0
            while try strike(row, fate, at: moment) { moment += 1 }
            report.moments += moment
        }
        return report
    }

    /// One life with one stroke of fate, and the next life; false when the first had no such moment.
    private func strike(_ row: [Entry], _ fate: Fate, at moment: Int) throws -> Bool {
        let disk = SimulatedDisk()
        let engine = try open(disk, EngineOracle(), seed: 1)
        var actions = 0
        var promised = 0
        engine.beforeAction = { () throws(SimulatedEngine.Stop) in
            defer { actions += 1 }
            guard actions == moment else { return }
            switch fate {
            case .kill: throw .killed
            case .failedSync:
                for kind in [FSError.Operation.syncData, .sync] {
                    let next = Fault.Trigger.operation(kind, nth: disk.callCount(kind) + 1)
                    disk.faults.append(
                        Fault(next, .losePages(errno: SimulatedErrno.inputOutput, seed: UInt64(moment)))
                    )
                }
            case .fullDisk: disk.capacity = disk.usedSpace
            case .lostFiles:
                promised = engine.oracle.memories.count
                do throws(FSError) { for name in try disk.list("") { try disk.remove(name) } } catch {
                    throw .init("\(error)")
                }
            case .damageReport:
                engine.offer(.report(Damage(file: "seg", offset: 0, sequence: 1, problem: "it has gone")))
            }
        }
        do throws(SimulatedEngine.Stop) {
            try live(engine, row)
            if fate == .fullDisk, actions > moment {
                disk.capacity = nil
                try live(engine, row)
                try expect(row, in: engine)
            }
        } catch {
            switch (error, fate) {
            case (.killed, _), (.log, .failedSync), (.log(.damaged), .lostFiles),
                (.log(.damaged), .damageReport):
                break
            default: throw complaint(row, fate, moment, "\(error)")
            }
        }
        guard actions > moment else { return false }
        if fate == .lostFiles {
            let told = engine.oracle.memories.count - promised
            if told > 0 {
                throw complaint(row, fate, moment, "\(told) batches are promised in files that are gone")
            }
            return true
        }
        let loss: LogOracle.Loss = disk.hasLostPages ? .power : .process
        disk.killProcess()
        do {
            let next = try open(disk, engine.oracle, seed: 2, after: loss)
            try live(next, row)
            try expect(row, in: next)
            try next.close()
        } catch {
            throw complaint(row, fate, moment, "in the next life: \(error)")
        }
        return true
    }

    private func open(
        _ disk: SimulatedDisk,
        _ oracle: EngineOracle,
        seed: UInt64,
        after loss: LogOracle.Loss? = nil
    ) throws -> SimulatedEngine {
        let writer = try EngineJudge.open(disk, .commit, seed: seed)
        let found = try RecoveredEngine.replay(writer)
        if let loss { try judge.judge(found, writer, oracle, after: loss) }
        var oracle = oracle
        oracle.adopt(found, afterLies: false)
        return SimulatedEngine(writer, found, oracle, .commit, .virtual, wallTime: Self.wallTime, seed: seed)
    }

    /// Opens the epoch, asks for everything at once, and waits until nobody waits any more.
    private func live(_ engine: SimulatedEngine, _ row: [Entry]) throws(SimulatedEngine.Stop) {
        try engine.run()
        for (place, entry) in row.enumerated() { engine.offer(entry.asked(at: place)) }
        try engine.run()
        try engine.advance(by: .seconds(6))
    }

    /// Each key's jobs are there once, and nothing of a group that goes together is there alone.
    private func expect(_ row: [Entry], in engine: SimulatedEngine) throws(SimulatedEngine.Stop) {
        for (place, entry) in row.enumerated() {
            let own = engine.events.filter { $0.context.idempotencyKey == "key \(place)" }
            let created = own.count { if case .jobCreated = $0.body { true } else { false } }
            if created != entry.jobs { throw .init("key \(place) created \(created) jobs") }
            let commands = Set(own.map(\.command))
            if commands.count > 1 { throw .init("key \(place) is \(commands.count) commands") }
        }
    }

    private func complaint(_ row: [Entry], _ fate: Fate, _ moment: Int, _ problem: String)
        -> Recovery.Complaint
    {
        Recovery.Complaint(description: "\(row), \(fate) before action \(moment): \(problem)")
    }
}

extension ActionExplorer.Entry {
    private static let job = JobSpecification(kind: "a", timeouts: Timeouts(lease: .seconds(60)))
    private static let stale = LeaseToken(epoch: 1, counter: 999)

    fileprivate var jobs: Int {
        switch self {
        case .create, .each: 1
        case .together: 2
        case .dispatch: 0
        }
    }

    fileprivate func asked(at place: Int) -> SimulatedCallers.Asked {
        let context = CommandContext(actor: "explorer", idempotencyKey: "key \(place)")
        let patient = Command.dispatch(DispatchRequest(worker: "w\(place)", wait: .seconds(5)))
        switch self {
        case .create: return .command(.create(Self.job), context)
        case .dispatch: return .command(patient, context)
        case .together:
            let members = [
                Command.create(Self.job), .create(Self.job), .dispatch(DispatchRequest(worker: "w\(place)")),
            ]
            return .group(CommandGroup(.together, of: members.map { .init($0) }, by: context))
        case .each:
            let members = [
                Command.complete(.lease(Self.stale), result: Payload()), .create(Self.job), patient,
            ]
            return .group(CommandGroup(.each, of: members.map { .init($0) }, by: context))
        }
    }
}
