import EventLog
import Foundation
import Testing

/// The disks that a test of the log's promises runs on.
enum DiskKind: CaseIterable, Sendable {
    case memory, real

    /// Runs `body` with an empty disk; a real one is a directory of its own that is removed at the end.
    func with(_ body: (any LogFS) throws -> Void) throws {
        switch self {
        case .memory: try body(MemoryDisk())
        case .real: try withDirectory { try body(RealDisk($0)) }
        }
    }
}

/// Runs `body` with the path of a new directory, and removes it at the end.
func withDirectory(_ body: (String) throws -> Void) throws {
    let path = NSTemporaryDirectory() + "waybill-log-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try body(path)
}

/// Small segments and seeded ids.
func options(
    _ durability: Durability = .commit,
    segmentBytes: Int = 64 << 10,
    seed: UInt64 = 1,
    processID: Int32 = 4711
) -> LogOptions {
    let source = SharedGenerator(seed: seed)
    return LogOptions(
        durability: durability,
        limits: LogLimits(segmentBytes: segmentBytes),
        entropy: { source.next() },
        processID: processID
    )
}

/// A seeded generator behind a lock, for closures that must be sendable.
final class SharedGenerator: Sendable {
    private let state: LockedValue<SplitMix>

    init(seed: UInt64) {
        state = LockedValue(SplitMix(seed: seed))
    }

    func next() -> UInt64 { state.with { $0.next() } }
}

/// A value behind a lock.
final class LockedValue<Value: Sendable>: @unchecked Sendable {
    // Unchecked: every access to `value` is inside `lock`.
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func with<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}

/// A batch's bytes: half text that compresses, half noise that does not.
func payload(_ index: Int, bytes: Int = 120) -> [UInt8] {
    var generator = SplitMix(seed: UInt64(index) &* 7919 &+ 13)
    let noise = (0..<bytes / 2).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
    return noise + Array(repeating: UInt8(truncatingIfNeeded: 65 + index % 26), count: bytes - bytes / 2)
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

/// A disk's files by name, to be copied, changed and put back.
typealias Files = [String: [UInt8]]

func files(of disk: any LogFS) throws -> Files {
    var result: Files = [:]
    for name in try disk.list("") where name != "quarantine" { result[name] = try bytes(of: name, on: disk) }
    for name in try disk.list("quarantine") {
        result["quarantine/" + name] = try bytes(of: "quarantine/" + name, on: disk)
    }
    return result
}

func bytes(of name: String, on disk: any LogFS) throws -> [UInt8] {
    let file = try disk.open(name, .read)
    defer { disk.close(file) }
    var content = [UInt8](repeating: 0, count: Int(try disk.size(of: file)))
    var done = 0
    while done < content.count {
        let count = try content.withUnsafeMutableBytes {
            try disk.read(file, at: UInt64(done), into: UnsafeMutableRawBufferPointer(rebasing: $0[done...]))
        }
        if count == 0 { break }
        done += count
    }
    return content
}

/// A disk in memory that holds `files`.
func disk(holding files: Files) throws -> MemoryDisk {
    let disk = MemoryDisk()
    try put(files, on: disk)
    return disk
}

func put(_ files: Files, on disk: any LogFS) throws {
    for (name, content) in files {
        if name.hasPrefix("quarantine/") { try disk.makeDirectory("quarantine") }
        let file = try disk.open(name, .create)
        defer { disk.close(file) }
        var done = 0
        while done < content.count {
            done += try content.withUnsafeBytes {
                try disk.write(file, at: UInt64(done), UnsafeRawBufferPointer(rebasing: $0[done...]))
            }
        }
    }
}

extension Files {
    /// Names of the segments, in order.
    var segments: [String] { keys.filter { $0.hasPrefix("seg-") }.sorted() }
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
