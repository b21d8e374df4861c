import Foundation

/// The checkout's sample workloads, and the real traces where they lie beside it.
enum Fixtures {
    private static let checkout = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let schemaFolder = checkout.appending(path: "Sources/Orchestration/Schema").path

    static func path(_ name: String) -> String {
        checkout.appending(path: "Fixtures/workloads/\(name)").path
    }

    static func text(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: path(name)), encoding: .utf8)
    }

    private static let dataFolder = checkout.deletingLastPathComponent().appending(path: "shared/data")

    static var hasData: Bool { FileManager.default.fileExists(atPath: dataFolder.path) }

    static func data(_ name: String) -> String { dataFolder.appending(path: name).path }
}
