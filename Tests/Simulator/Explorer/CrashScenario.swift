package import EventLog

/// A workload of at most three operations whose every crash is tried.
package struct CrashScenario: Sendable, CustomStringConvertible {
    package let name: String
    package let durability: Durability
    package let steps: [LogStep]
    /// Payload sizes of the batches that the log holds before.
    package let prepared: [Int]

    package var description: String { "\(name) (\(durability))" }

    /// Every ending and border that the log has, under both settings.
    package static let all: [CrashScenario] = shapes.flatMap { name, prepared, steps in
        [Durability.commit, .none].map {
            CrashScenario(name: name, durability: $0, steps: steps, prepared: prepared)
        }
    }

    private static let shapes: [(String, [Int], [LogStep])] = [
        ("an empty log", [], []),
        ("one small batch", [], [.append(bytes: 100)]),
        ("three small batches", [], [.append(bytes: 100), .append(bytes: 300), .append(bytes: 1)]),
        ("a batch over several sectors", [], [.append(bytes: 10), .append(bytes: 3000), .append(bytes: 20)]),
        ("the largest batch", [], [.append(bytes: 8192), .append(bytes: 30)]),
        ("closed", [], [.append(bytes: 100), .close]),
        ("closed without a batch", [], [.close]),
        ("closed and continued", [], [.append(bytes: 100), .reopen, .append(bytes: 50)]),
        ("continued twice", [], [.append(bytes: 100), .reopen, .reopen]),
        ("rolled to a new segment", nearlyFull, [.append(bytes: 8192), .append(bytes: 60)]),
        ("rolled to make room", nearlyFull, [.append(bytes: 8192), .reserve, .close]),
        ("room made", [], [.append(bytes: 100), .reserve, .append(bytes: 100)]),
    ]

    /// As much as a segment takes and can still be continued; the next large batch is its last.
    private static let nearlyFull = [Int](repeating: 8192, count: 8)
}
