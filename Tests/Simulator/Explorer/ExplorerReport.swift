/// How much an explorer tried, and the first failures that it met.
public struct ExplorerReport: Sendable {
    public var crashPoints = 0
    public var outcomes = 0
    /// Distinct pairs of a disk image and a memory of promises.
    public var images = 0
    public var recoveries = 0
    public var failures: [Failure] = []

    public struct Failure: Sendable {
        public let complaint: String
        /// Changes of the disk before the crash.
        public let change: Int
        public let choice: CrashChoice
        public let point: CrashPoint
    }
}

extension ExplorerReport: CustomStringConvertible {
    public var description: String {
        (["\(crashPoints) crash points, \(outcomes) outcomes, \(images) judged, \(recoveries) recoveries"]
            + failures.map(\.description)).joined(separator: "\n")
    }
}

extension ExplorerReport.Failure: CustomStringConvertible {
    public var description: String { "crash before change \(change): \(complaint)\n\(point.explain(choice))" }
}
