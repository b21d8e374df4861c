package import Foundation

/// The files that tests read: those of the checkout, and the real traces where they lie beside it.
package enum Checkout {
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The path of a file of the checkout.
    package static func path(_ name: String) -> String { root.appending(path: name).path }

    package static func text(_ name: String) throws -> String {
        try String(contentsOf: root.appending(path: name), encoding: .utf8)
    }

    /// The path of a sample workload.
    package static func workload(_ name: String) -> String { path("Fixtures/workloads/\(name)") }

    private static let traces = root.deletingLastPathComponent().appending(path: "shared/data")

    /// Whether the real traces are there; the tests on them are skipped where they aren't.
    package static var hasTraces: Bool { FileManager.default.fileExists(atPath: traces.path) }

    /// The path of a real trace.
    package static func trace(_ name: String) -> String { traces.appending(path: name).path }
}
