import EventLog

/// Judges one disk image that a power cut left, by recovering from it more than once.
final class RecoveryJudge {
    let durability: Durability
    let crashesRecovery: Bool
    private let recovery: Recovery
    private let decoder: StandardDecoder
    private var outcomes: CrashOutcomes
    /// Images of crashed recoveries that were judged before, with what was to be found in them.
    private var seen: Set<Int> = []
    private(set) var recoveries = 0

    init(durability: Durability, crashesRecovery: Bool) throws(StandardDecoder.Failure) {
        self.durability = durability
        self.crashesRecovery = crashesRecovery
        recovery = Recovery(durability: durability)
        decoder = try StandardDecoder()
        outcomes = CrashOutcomes(tearsAtOnce: 0)
    }

    /// Recovers, audits, recovers again after another power cut, and sees that the log goes on.
    func judge(_ image: DiskImage, _ oracle: LogOracle) throws(Recovery.Complaint) {
        let disk = SimulatedDisk(image)
        var points: [CrashPoint] = []
        if crashesRecovery { disk.beforeChange = { points.append($0.crashPoint()) } }
        let found = try opened(disk, entropySeed: 2)
        disk.beforeChange = nil
        if let problem = oracle.complaint(about: found.batches, after: .power) {
            throw Recovery.Complaint(description: problem)
        }
        try Recovery.audit(disk, found.batches, decoder)
        let settled = disk.crashPoint()
        try judgeAgain(settled.image(.nothing(of: settled)), found, oracle)
        for point in points { try judgeCrashed(point, found.batches) }
    }

    /// A second recovery finds the same, and what is appended after it is there in a third.
    private func judgeAgain(
        _ image: DiskImage,
        _ first: Recovery.Found,
        _ oracle: LogOracle
    ) throws(Recovery.Complaint) {
        let disk = SimulatedDisk(image)
        let found = try opened(disk, entropySeed: 3)
        if found.batches != first.batches { throw changed(from: first.batches, to: found.batches) }
        if found.log.quarantined != first.log.quarantined {
            throw Recovery.Complaint(description: "a second recovery cuts again")
        }
        var next = oracle
        next.adopt(found.batches)
        let process = SimulatedProcess(found, next, durability, seed: 3)
        do throws(LogError) {
            try process.perform(.append(bytes: 40), on: disk)
        } catch {
            throw Recovery.Complaint(description: "the recovered log takes nothing: \(error)")
        }
        disk.killProcess()
        let final = try opened(disk, entropySeed: 4)
        if let problem = process.oracle.complaint(about: final.batches, after: .process) {
            throw Recovery.Complaint(description: "after an append: \(problem)")
        }
    }

    /// A recovery that was cut short ends, when it is done again, where an undisturbed one ended.
    private func judgeCrashed(_ point: CrashPoint, _ batches: [RememberedBatch]) throws(Recovery.Complaint) {
        try outcomes.visit(point) { (outcome) throws(Recovery.Complaint) in
            var hasher = Hasher()
            hasher.combine(outcome.digest)
            hasher.combine(batches.count)
            guard seen.insert(hasher.finalize()).inserted else { return }
            let found = try opened(SimulatedDisk(outcome.image), entropySeed: 5)
            if found.batches != batches { throw changed(from: batches, to: found.batches) }
        }
    }

    private func opened(_ disk: SimulatedDisk, entropySeed: UInt64) throws(Recovery.Complaint)
        -> Recovery.Found
    {
        recoveries += 1
        return try recovery.open(disk, entropySeed: entropySeed)
    }

    private func changed(from old: [RememberedBatch], to new: [RememberedBatch]) -> Recovery.Complaint {
        Recovery.Complaint(description: "a second recovery changed \(old.count) batches into \(new.count)")
    }
}
