import Foundation
import TestSupport

/// A log that `waybill run` has made from sample workloads, in a folder of its own.
final class PlayedLog {
    private let folder: TemporaryDirectory
    let path: String
    let report: [String: Any]

    struct RunFailed: Error {
        let errors: String
    }

    init(_ names: String..., options: [String] = []) throws {
        folder = try TemporaryDirectory()
        path = folder.path("log")
        let files = names.map(Checkout.workload)
        let outcome = try Tool.run(["run", "--json", "--data", path] + options + files)
        guard outcome.status == 0 else { throw RunFailed(errors: outcome.errors) }
        report = try outcome.object()
    }

    /// Segments by name, oldest first.
    var segments: [String] {
        get throws { try folder.names(in: "log").filter { $0.hasPrefix("seg-") } }
    }

    /// Bytes of one of its files.
    func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(filePath: path + "/" + name)) }

    func write(_ bytes: Data, to name: String) throws {
        let file = path + "/" + name
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try bytes.write(to: URL(filePath: file))
    }

    /// A copy of the directory beside it.
    func copy() throws -> String {
        let copy = folder.path("copy")
        try FileManager.default.copyItem(atPath: path, toPath: copy)
        return copy
    }

    /// The tool on this log.
    func tool(_ arguments: String...) throws -> Tool.Outcome {
        try Tool.run(arguments + ["--data", path])
    }
}
