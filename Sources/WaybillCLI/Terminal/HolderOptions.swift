import ArgumentParser
import Orchestration
import WaybillJSON
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
        guard let token = LeaseToken(argument) else { return nil }
        self.token = token
    }
}
