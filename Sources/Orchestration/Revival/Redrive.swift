/// Jobs that are to run again, all or none.
public struct Redrive: Sendable, Hashable {
    /// The jobs, as the log tells of them.
    public var revivals: [FinishedJobSnapshot]
    /// Replaces the payload of each; nil leaves them as they are.
    public var patch: Payload?
    /// Whether who asks may approve suggestions: a patched payload that somebody approved needs that.
    public var approves: Bool

    package init(_ revivals: [FinishedJobSnapshot], patch: Payload? = nil, approves: Bool = false) {
        self.revivals = revivals
        self.patch = patch
        self.approves = approves
    }
}
