import CZlib
import Foundation
import TestSupport
import WaybillWorkloads

/// Small files made on the fly.
enum Samples {
    /// The gzip form of `bytes`.
    static func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
        let folder = try TemporaryDirectory()
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

extension WorkloadReader {
    /// Reads a text as if it were the file `name`.
    func read(_ text: String, as name: String) throws -> Workload {
        let folder = try TemporaryDirectory()
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
