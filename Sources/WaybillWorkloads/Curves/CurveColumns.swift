import Orchestration

/// What the columns of a curve mean, in a table and in objects alike.
///
/// Each is a series of its own name, except the step, the counters around it, the clock and `kind`: rows of kind `val` (or
/// any other but `train`) go to series of their own, `val_loss` and so on, since a validation loss stands beside the
/// training loss of the same step.
enum CurveColumns {
    static let step: Name = "step"
    static let loss: Name = "loss"
    static let kind: Name = "kind"
    static let counters: [Name] = ["total_steps"]
    /// With their units in nanoseconds; the first of these that is there is the clock.
    static let clocks: [(Name, Double)] = [("train_time_ms", 1e6), ("time_ms", 1e6), ("time_s", 1e9)]

    /// R and pandas write row numbers under no name, and pandas calls such a column `Unnamed: 0` the next time.
    static func isRowNumber(_ column: Name) -> Bool { column.isEmpty || column.text.hasPrefix("Unnamed: ") }

    static func series(_ column: Name, ofKind kind: String) -> Name {
        kind.isEmpty || kind == "train" ? column : "\(kind)_\(column)"
    }
}
