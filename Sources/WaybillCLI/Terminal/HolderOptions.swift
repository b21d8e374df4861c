import ArgumentParser
import Orchestration
import WaybillWorkloads

/// Who speaks for a running job: the bearer of a lease's token, or whoever holds the job.
struct HolderOptions: ParsableArguments {
    @Argument(help: "The lease's token, as `dispatch` printed it: EPOCH.COUNTER.")
    var token: Token?

    @Option(help: "… or the job, whoever holds it.")
    var job: UInt64?

    func validate() throws {
        if (token == nil) == (job == nil) { throw ValidationError("Give a token or --job, one of them.") }
    }

    var holder: Holder {
        if let token { .lease(token.token) } else { .job(JobID(job ?? 0)) }
    }
}

struct Token: ExpressibleByArgument {
    let token: LeaseToken

    init?(argument: String) {
        let parts = argument.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = UInt64(parts[0]), let counter = UInt64(parts[1]) else {
            return nil
        }
        token = LeaseToken(epoch: epoch, counter: counter)
    }
}
