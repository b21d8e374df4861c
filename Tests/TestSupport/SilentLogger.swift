package import Logging

extension Logger {
    /// Says nothing, so that a test's output is its own.
    package static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}
