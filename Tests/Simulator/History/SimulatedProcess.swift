import EventLog
import TestSupport

/// A process that works on its log step by step and keeps the oracle's memory up to date with every answer.
final class SimulatedProcess {
    let durability: Durability
    let seed: UInt64
    private(set) var log: SimulatedLog
    private(set) var oracle: LogOracle
    private(set) var orderlyCloses = 0
    private var lives: UInt64

    /// Goes on with a log that was just opened, from what was found in it.
    init(
        _ found: Recovery.Found,
        _ oracle: LogOracle,
        _ durability: Durability,
        seed: UInt64,
        lives: UInt64 = 0
    ) {
        log = found.log
        self.oracle = oracle
        self.durability = durability
        self.seed = seed
        self.lives = lives
    }

    /// Performs one step; throws what the log threw, with the oracle knowing what it may rely on.
    func perform(_ step: LogStep, on disk: SimulatedDisk) throws(LogError) {
        switch step {
        case .append(let bytes): try append(bytes: bytes)
        case .reserve: try log.reserve()
        case .close: try close()
        case .reopen:
            try close()
            lives += 1
            log = try SimulatedLog(on: disk, durability, entropySeed: seed &+ lives &* 7919)
            try log.recover()
        }
    }

    private func close() throws(LogError) {
        try log.close()
        oracle.settle()
        orderlyCloses += 1
    }

    private func append(bytes: Int) throws(LogError) {
        try log.reserve()
        let first = oracle.nextSequence
        let batch = RememberedBatch(
            firstSequence: first,
            count: Int(1 + first % 3),
            time: oracle.lastTime + 1,
            payload: Payloads.payload(first, bytes: bytes, seed: seed)
        )
        oracle.hand(batch)
        try log.append(batch)
        oracle.acknowledge(synced: durability == .commit)
    }
}
