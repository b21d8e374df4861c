import CZlib
import Foundation
import WaybillWorkloads

/// Where the tests' files are, and small ones made on the fly.
enum Samples {
    private static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func fixture(_ name: String) -> String {
        checkout.appending(path: "Fixtures/workloads/\(name)").path
    }

    /// The folder of real traces beside the checkout; the tests on it are skipped where it is missing.
    private static let dataFolder = checkout.deletingLastPathComponent().appending(path: "shared/data")

    static var hasData: Bool { FileManager.default.fileExists(atPath: dataFolder.path) }

    static func data(_ name: String) -> String { dataFolder.appending(path: name).path }

    /// The gzip form of `bytes`.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        let path = folder.path("packed.gz")
        let file = gzopen(path, "wb")
        let written = gzwrite(file, bytes, UInt32(bytes.count))
        let closed = gzclose(file)
        struct PackingFailed: Error {}
        guard Int(written) == bytes.count, closed == Z_OK else { throw PackingFailed() }
        return [UInt8](try Data(contentsOf: URL(filePath: path)))
    }

    /// All lines of `bytes`, as texts.
    static func lines(_ bytes: [UInt8]) throws -> [String] {
        var source = LineSource(bytes: bytes, name: "memory")
        var lines: [String] = []
        while let line = try source.next() { lines.append(line.text) }
        return lines
    }

    static func lines(_ text: String) throws -> [String] { try lines(Array(text.utf8)) }
}

/// A folder of its own that is removed at the end.
final class TemporaryFolder {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "workloads-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // Nothing can be done about a folder that stays.
        do { try FileManager.default.removeItem(at: url) } catch {}
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ text: String, to name: String) throws -> String {
        try write(Array(text.utf8), to: name)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(filePath: path(name)))
        return path(name)
    }
}

extension WorkloadReader {
    /// Reads a text as if it were the file `name`.
    func read(_ text: String, as name: String) throws -> Workload {
        let folder = try TemporaryFolder()
        return try read(path: try folder.write(text, to: name))
    }
}

extension Workload {
    var jobs: JobTrace? {
        if case .jobs(let trace) = content { trace } else { nil }
    }
    var stationTrace: StationTrace? {
        if case .stations(let trace) = content { trace } else { nil }
    }
    var curve: Curve? {
        if case .curve(let curve) = content { curve } else { nil }
    }
    var script: CommandScript? {
        if case .commands(let script) = content { script } else { nil }
    }
}
