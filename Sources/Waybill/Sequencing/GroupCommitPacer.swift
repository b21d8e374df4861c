/// Keeps callers in step: those whom one batch answered get a moment to come back before the next is appended.
///
/// Without it callers that wait for each answer fall into two cohorts, each missing the other's sync, and batches
/// are half as large as they could be. The moment ends as soon as all are back; it is never longer than the append
/// that they would otherwise wait for, and callers who don't come back cost it ever more rarely.
///
/// Moments and spans are monotonic nanoseconds; a caller is one entry of the intake.
struct GroupCommitPacer {
    /// A slow disk gains nothing by more: callers that come back at once do so within this.
    static let longestWait: Int64 = 250_000
    /// Batches that are appended at once, at most, before waiting is tried again.
    static let longestPause = 63

    /// Until when it is worth to wait for the next caller.
    private(set) var deadline: Int64 = 0
    /// Whether there was a moment at all.
    private var wasAwaited = false
    private var expected = 0
    /// Of those expected, how many were at the intake when the others were answered.
    private var early = 0
    private var waiting = 0
    private var arrived = 0
    private var arrivedInTime = 0
    private var pause = 0
    private var pausesLeft = 0

    /// So many callers were taken from the intake for the batch under way.
    mutating func arrive(_ callers: Int, at now: Int64) {
        arrived += callers
        if now < deadline { arrivedInTime += callers }
    }

    /// Whether the batch under way should go on gathering.
    func isAwaited(at now: Int64) -> Bool {
        arrived < expected && now < deadline
    }

    /// Nobody comes back any more.
    mutating func stop() {
        deadline = 0
    }

    /// So many callers are at the intake, just before those of the batch get their answers.
    mutating func count(waiting callers: Int) {
        waiting = callers
    }

    /// The batch was appended, which took `append` (0 when there was nothing in it), and everyone in it has an
    /// answer.
    mutating func finish(append: Int64, at now: Int64) {
        if pausesLeft > 0 {
            pausesLeft -= 1
        } else if wasAwaited, expected > early {
            let wasWorthIt = 2 * (arrivedInTime - early) >= expected - early
            pause = wasWorthIt ? 0 : min(2 * pause + 1, Self.longestPause)
            pausesLeft = pause
        }
        expected = arrived + waiting
        early = waiting
        arrived = 0
        arrivedInTime = 0
        deadline = pausesLeft > 0 ? now : now + min(append, Self.longestWait)
        wasAwaited = deadline > now
    }
}
