/// What becomes of a new job whose unique key is taken.
public enum ClashRule: UInt8, CaseIterable, Sendable {
    /// It is refused as a duplicate; the refusal names the job that has the key.
    case refuse = 1
    /// Nothing is created, and the answer is the job that has the key.
    case existing = 2
}
