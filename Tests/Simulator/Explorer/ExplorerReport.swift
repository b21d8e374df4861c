/// How much an explorer tried, and the first failures that it met.
package struct ExplorerReport: Sendable {
    package var crashPoints = 0
    package var outcomes = 0
    /// Distinct pairs of a disk image and a memory of promises.
    package var images = 0
    package var recoveries = 0
    package var failures: [Failure] = []

    package struct Failure: Sendable {
        package let complaint: String
        /// Changes of the disk before the crash.
        package let change: Int
        package let choice: CrashChoice
        package let point: CrashPoint
    }
}

extension ExplorerReport: CustomStringConvertible {
    package var description: String {
        (["\(crashPoints) crash points, \(outcomes) outcomes, \(images) judged, \(recoveries) recoveries"]
            + failures.map(\.description)).joined(separator: "\n")
    }
}

extension ExplorerReport.Failure: CustomStringConvertible {
    package var description: String {
        "crash before change \(change): \(complaint)\n\(point.explain(choice))"
    }
}
