import Foundation

/// A directory of its own for one test, removed with the last reference.
final class TemporaryDirectory: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "waybill-test-\(UUID().uuidString)")
        .path

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
