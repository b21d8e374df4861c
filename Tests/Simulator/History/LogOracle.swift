/// What a log has promised so far, and what it may hold besides: the judge of every recovery.
package struct LogOracle: Hashable, Sendable {
    /// What happened between the last answer and the recovery that is judged.
    package enum Loss: Hashable, Sendable {
        /// The process died, or was closed, and the system lived on.
        case process
        /// The power went: what was promised without a sync may be gone, but only from the end.
        case power
        /// The disk claimed syncs that it did not do: no promise holds, and only the end may be gone.
        case lies
    }

    /// Acknowledged, in order.
    package private(set) var promised: [RememberedBatch] = []
    /// Handed over and never answered: there as a whole, or not at all.
    package private(set) var uncertain: RememberedBatch?
    /// So many of the promised batches were made durable by a sync, whatever the mode.
    package private(set) var floor = 0

    package init() {}

    package var nextSequence: UInt64 { (promised.last?.lastSequence ?? 0) + 1 }
    package var lastTime: Int64 { promised.last?.time ?? 0 }

    package mutating func hand(_ batch: RememberedBatch) {
        uncertain = batch
    }

    package mutating func acknowledge(synced: Bool) {
        guard let batch = uncertain else { return }
        promised.append(batch)
        uncertain = nil
        if synced { floor = promised.count }
    }

    /// Everything promised was synced, as by an orderly close.
    package mutating func settle() {
        floor = promised.count
    }

    /// What is wrong with a recovered log; nil when nothing is.
    package func complaint(about found: [RememberedBatch], after loss: Loss) -> String? {
        let possible = promised + (uncertain.map { [$0] } ?? [])
        for (index, batch) in found.enumerated() {
            if index >= possible.count { return "batch \(batch) was never handed over" }
            if batch != possible[index] { return "batch \(possible[index]) came back as \(batch)" }
        }
        let needed =
            switch loss {
            case .process: promised.count
            case .power: floor
            case .lies: 0
            }
        if found.count < needed { return "acknowledged batch \(promised[found.count]) is gone" }
        return nil
    }

    /// Takes a recovered log as the truth from which the next life goes on: an open syncs what it shows.
    package mutating func adopt(_ found: [RememberedBatch]) {
        promised = found
        uncertain = nil
        floor = found.count
    }
}
