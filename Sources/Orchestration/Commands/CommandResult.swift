/// What a command that was not refused gives back.
public enum CommandResult: Sendable, Hashable {
    /// It is done, and there is nothing to tell.
    case done
    /// The number of the job.
    case created(JobID)
    /// The numbers of the jobs, in the command's order.
    case createdMany([JobID])
    /// What was dispatched; empty when nothing was suitable.
    case leases([Lease])
    /// One for each item of a `completeMany`, in order; nil is success.
    case outcomes([Refusal?])
    /// Until when the lease holds now, and what the worker should know.
    case heartbeat(HeartbeatReply)
}
