import Synchronization

/// What happened, in the order in which it did, written by many and read by the test.
package final class Journal: Sendable {
    private let lines = Mutex<[String]>([])

    package init() {}

    package func write(_ line: String) { lines.withLock { $0.append(line) } }

    package var all: [String] { lines.withLock { $0 } }
}
