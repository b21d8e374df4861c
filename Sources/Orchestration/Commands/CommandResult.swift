/// What a command that was not refused gives back.
public enum CommandResult: Sendable, Hashable {
    case done
    case created(JobID)
    case createdMany([JobID])
    /// What was dispatched; empty when nothing was suitable.
    case leases([Lease])
    /// One for each item of a `completeMany`, in order; nil is success.
    case outcomes([Refusal?])
    case heartbeat(HeartbeatReply)
}
