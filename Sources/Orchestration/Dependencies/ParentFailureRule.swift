/// What becomes of a blocked job when a job that it waits for ends without success.
public enum ParentFailureRule: UInt8, CaseIterable, Sendable {
    /// It dies too.
    case fail = 1
    /// It goes on as if that job had succeeded.
    case ignore = 2
    /// It waits until that job is redriven and succeeds.
    case wait = 3
}
