import EventLog
import TestSupport

/// Draws what a simulated process does and what its disk does to it.
struct SeededWorkload {
    /// What the lives of this seed may choose from.
    private let durabilities: [Durability]
    let lives: Int
    /// Whether syncs may claim success and do nothing; then a refusal is a right answer.
    let diskLies: Bool
    private let hasLargeBatches: Bool

    init(_ random: inout SeededRandom) {
        durabilities = random.element(of: [[.commit], [.commit], [.none], [.commit, .none]]) ?? [.commit]
        lives = 1 + random.below(4)
        diskLies = random.oneIn(16)
        hasLargeBatches = random.oneIn(3)
    }

    /// The setting of one life.
    func durability(_ random: inout SeededRandom) -> Durability {
        random.element(of: durabilities) ?? .commit
    }

    /// The steps of one life.
    func steps(_ random: inout SeededRandom) -> [LogStep] {
        var steps: [LogStep] = []
        for _ in 0..<random.below(hasLargeBatches ? 30 : 12) {
            switch random.below(16) {
            case 0: steps.append(.reopen)
            case 1: steps.append(.reserve)
            default: steps.append(.append(bytes: payloadBytes(&random)))
            }
        }
        if random.oneIn(4) { steps.append(.close) }
        return steps
    }

    private func payloadBytes(_ random: inout SeededRandom) -> Int {
        let largest = SimulatedLog.segmentBytes / 8
        switch random.below(hasLargeBatches ? 3 : 12) {
        case 0: return 1 + random.below(largest)
        case 1: return 1 + random.below(2000)
        default: return 1 + random.below(300)
        }
    }

    /// The faults of one life, on a disk that has seen so many changes and calls before.
    func faults(on disk: SimulatedDisk, _ random: inout SeededRandom) -> [Fault] {
        var faults: [Fault] = []
        if random.oneIn(2) {
            let moment = disk.changes + 1 + random.below(80)
            faults.append(Fault(.change(moment), random.oneIn(2) ? .crashBefore : .crashAfter))
        }
        for _ in 0..<random.below(4) where random.oneIn(2) { faults.append(fault(on: disk, &random)) }
        return faults
    }

    private func fault(on disk: SimulatedDisk, _ random: inout SeededRandom) -> Fault {
        switch random.below(diskLies ? 7 : 6) {
        case 0:
            let kinds: [FSError.Operation] = [
                .open, .read, .write, .truncate, .rename, .remove, .size, .list,
            ]
            return struck(
                random.element(of: kinds) ?? .write,
                .fail(errno: SimulatedErrno.inputOutput),
                disk,
                &random
            )
        case 1:
            let kinds: [FSError.Operation] = [.write, .open, .rename, .makeDirectory]
            return struck(
                random.element(of: kinds) ?? .write,
                .fail(errno: SimulatedErrno.noSpace),
                disk,
                &random
            )
        case 2:
            return struck(
                random.oneIn(2) ? .write : .read,
                .fail(errno: SimulatedErrno.interrupted),
                disk,
                &random
            )
        case 3:
            return struck(
                random.oneIn(2) ? .write : .read,
                .short(bytes: 1 + random.below(600)),
                disk,
                &random
            )
        case 4, 5:
            let kinds: [FSError.Operation] = [.syncData, .sync, .syncDirectory]
            let effect = Fault.Effect.losePages(errno: SimulatedErrno.inputOutput, seed: random.next())
            return struck(random.element(of: kinds) ?? .sync, effect, disk, &random)
        default:
            return struck(random.oneIn(2) ? .syncData : .sync, .lie, disk, &random)
        }
    }

    private func struck(
        _ kind: FSError.Operation,
        _ effect: Fault.Effect,
        _ disk: SimulatedDisk,
        _ random: inout SeededRandom
    ) -> Fault {
        Fault(.operation(kind, nth: disk.callCount(kind) + 1 + random.below(12)), effect)
    }
}
