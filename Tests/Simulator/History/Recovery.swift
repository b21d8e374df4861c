import EventLog

/// What a recovered log must be like, whoever asks: the checks that follow every opening.
///
/// Numbers in the complaints are those of the list in the fault catalogue: every acknowledged batch once, the
/// others whole or not at all, checksums that chain, a second recovery that changes nothing, and bytes that
/// liblz4 alone reads the same.
struct Recovery {
    let durability: Durability

    /// A log that was opened without complaint, and what it holds.
    struct Found {
        let log: SimulatedLog
        let batches: [RememberedBatch]
    }

    struct Complaint: Error, CustomStringConvertible {
        let description: String
        /// Whether the log itself said that it is damaged, and where.
        var isDamage = false
    }

    /// Opens the log, folds and recovers it, reads all of it, and checks what can be checked without a memory.
    func open(_ disk: SimulatedDisk, entropySeed: UInt64) throws(Complaint) -> Found {
        let log: SimulatedLog
        do throws(LogError) {
            log = try SimulatedLog(on: disk, durability, entropySeed: entropySeed)
        } catch {
            throw Complaint(description: "the log does not open: \(error)")
        }
        try Self.checkFolding(log, disk)
        do throws(LogError) {
            try log.recover()
        } catch {
            throw Complaint(description: "the log does not recover: \(error)")
        }
        try Self.checkRecovered(log, disk)
        return Found(log: log, batches: log.replayed)
    }

    /// Before the recovery, the writer is given everything, and readers beside it a part and never a complaint.
    static func checkFolding(_ log: SimulatedLog, _ disk: SimulatedDisk) throws(Complaint) {
        let last = log.replayed.last?.lastSequence ?? 0
        if log.lastSequence != last {
            throw Complaint(description: "the writer ends at \(log.lastSequence) and its replay at \(last)")
        }
        let shown = try read(disk)
        if shown != Array(log.replayed.prefix(shown.count)) {
            throw Complaint(description: "beside a folding writer, a reader is shown another history")
        }
    }

    /// After it, readers are shown all that was replayed.
    static func checkRecovered(_ log: SimulatedLog, _ disk: SimulatedDisk) throws(Complaint) {
        let shown = try read(disk)
        guard log.isWritable, shown != log.replayed else { return }
        throw Complaint(
            description: "\(log.replayed.count) batches were replayed, and \(shown.count) are shown"
        )
    }

    static func read(_ disk: SimulatedDisk) throws(Complaint) -> [RememberedBatch] {
        do throws(LogError) {
            return try SimulatedLog.batches(on: disk)
        } catch {
            let isDamage = if case .damaged = error { true } else { false }
            throw Complaint(description: "the log does not read: \(error)", isDamage: isDamage)
        }
    }

    /// Verifies checksums and structure, and decodes the segments with liblz4 alone.
    static func audit(
        _ disk: SimulatedDisk,
        _ batches: [RememberedBatch],
        _ decoder: StandardDecoder
    ) throws(Complaint) {
        do throws(LogError) {
            try SimulatedLog.verify(disk)
        } catch {
            throw Complaint(description: "verify fails: \(error)")
        }
        let decoded: [UInt8]
        do throws(StandardDecoder.Failure) {
            decoded = try decoder.decode(segments(of: disk.visibleImage))
        } catch {
            throw Complaint(description: "lz4 cannot decode the segments: \(error)")
        }
        if FileContent(decoded) != FileContent(batches.flatMap(\.payload)) {
            throw Complaint(description: "lz4 decodes \(decoded.count) other bytes than the reader yields")
        }
    }

    /// The bytes of `cat seg-*.lz4`.
    private static func segments(of image: DiskImage) -> [UInt8] {
        image.names.filter { $0.hasPrefix("seg-") && $0.hasSuffix(".lz4") }
            .flatMap { image.files[$0]?.bytes ?? [] }
    }
}
