import EventLog
import TestSupport

/// The real log on a simulated disk, through its public face only: one life of the process that writes it.
final class SimulatedLog {
    private let writer: LogWriter
    /// All that the log held when it was opened, as its writer is given it to fold.
    let replayed: [RememberedBatch]

    static let segmentBytes = 64 << 10

    /// Opens the log and replays it; `entropySeed` must differ between lives, as real randomness would.
    ///
    /// Throws only while nothing on the disk was changed; ``recover()`` comes next.
    init(on disk: SimulatedDisk, _ durability: Durability, entropySeed: UInt64) throws(LogError) {
        let entropy = SharedRandom(seed: entropySeed)
        let options = LogOptions(
            durability: durability,
            limits: LogLimits(segmentBytes: Self.segmentBytes),
            entropy: { entropy.next() },
            processID: 1
        )
        writer = try LogWriter.open(disk, options)
        replayed = try Self.batches(of: writer.replay())
    }

    /// Makes the log writable, as a host does once it has folded all of it; without room that waits for a later
    /// ``reserve()``.
    func recover() throws(LogError) {
        do throws(LogError) { try writer.reserve() } catch {
            guard error == .noSpace else { throw error }
        }
    }

    /// False while there was no room to finish the opening.
    var isWritable: Bool { writer.isWritable }
    var lastSequence: UInt64 { writer.opening.lastSequence }
    var quarantined: [QuarantinedTail] { writer.opening.quarantined }

    func reserve() throws(LogError) { try writer.reserve() }

    func append(_ batch: RememberedBatch) throws(LogError) {
        // Unsafe: the log takes raw bytes; the pointer does not leave the closure.
        let outcome = batch.payload.withUnsafeBytes { raw in
            Result { () throws(LogError) in try writer.append(raw, count: batch.count, time: batch.time) }
        }
        _ = try outcome.get()
    }

    func close() throws(LogError) { try writer.close() }

    /// All that a reader finds from the first sequence on.
    static func batches(on disk: SimulatedDisk) throws(LogError) -> [RememberedBatch] {
        try batches(of: LogReader(disk, from: 1))
    }

    static func batches(of reader: LogReader) throws(LogError) -> [RememberedBatch] {
        var batches: [RememberedBatch] = []
        while let batch = try reader.next() {
            batches.append(
                RememberedBatch(
                    firstSequence: batch.firstSequence,
                    count: batch.count,
                    time: batch.time,
                    payload: batch.payload
                )
            )
        }
        return batches
    }

    static func verify(_ disk: SimulatedDisk) throws(LogError) {
        _ = try verifyLog(disk)
    }
}
