import EventLog
import Simulator
import TestSupport

/// The disks that a test of the log's promises runs on.
enum DiskKind: CaseIterable, Sendable {
    case memory, real, simulated

    /// Runs `body` with an empty disk; a real one is a directory of its own that is removed at the end.
    func with(_ body: (any LogFS) throws -> Void) throws {
        switch self {
        case .memory: try body(MemoryDisk())
        case .real:
            let directory = try TemporaryDirectory()
            try body(RealDisk(directory.path))
        case .simulated: try body(SimulatedDisk())
        }
    }
}

/// Small segments and seeded ids.
func options(
    _ durability: Durability = .commit,
    segmentBytes: Int = 64 << 10,
    seed: UInt64 = 1,
    processID: Int32 = 4711
) -> LogOptions {
    let random = SharedRandom(seed: seed)
    return LogOptions(
        durability: durability,
        limits: LogLimits(segmentBytes: segmentBytes),
        entropy: { random.next() },
        processID: processID
    )
}

/// A batch's bytes, which can be made again from their number.
func payload(_ index: Int, bytes: Int = 120) -> [UInt8] {
    Payloads.payload(UInt64(index), bytes: bytes, seed: 13)
}

extension LogWriter {
    /// Opens as a host does: folds everything, then makes the log writable.
    static func recovered(_ disk: any LogFS, _ options: LogOptions) throws -> LogWriter {
        let writer = try open(disk, options)
        _ = try writer.replayAll()
        try writer.reserve()
        return writer
    }

    /// Every batch that the log held when it was opened.
    func replayAll() throws -> [LogBatch] {
        let reader = try replay()
        var batches: [LogBatch] = []
        while let batch = try reader.next() { batches.append(batch) }
        return batches
    }

    /// Reserves and appends `bytes` as one batch of `count` events, one nanosecond after the last.
    func put(_ bytes: [UInt8], count: Int = 1) throws {
        try reserve()
        try bytes.withUnsafeBytes { try append($0, count: count, time: lastTime + 1) }
    }
}

/// Everything that a reader shows from `sequence` on.
func readAll(_ disk: any LogFS, from sequence: UInt64 = 1) throws -> [LogBatch] {
    let reader = try LogReader(disk, from: sequence)
    var batches: [LogBatch] = []
    while let batch = try reader.next() { batches.append(batch) }
    return batches
}

/// The error that `body` throws, if it is one of the log's.
func logError(_ body: () throws -> Void) -> LogError? {
    do {
        try body()
        return nil
    } catch {
        return error as? LogError
    }
}

/// The damage that `body` reports.
func damage(_ body: () throws -> Void) -> Damage? {
    if case .damaged(let damage) = logError(body) { damage } else { nil }
}
