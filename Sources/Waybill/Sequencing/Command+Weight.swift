import Orchestration

extension Command {
    /// What a waiting command counts at the intake: its items, and a unit for each 4 KiB of payload, so that a few
    /// huge commands fill it as many small ones do.
    var weight: Int {
        switch self {
        case .create(let job), .suggest(let job): job.weight
        case .createMany(let jobs): jobs.reduce(0) { $0 + $1.weight }
        case .approve(let jobs), .reject(let jobs), .cancel(let jobs): max(1, jobs.count)
        case .complete(_, let result): 1 + result.bytes.count / 4096
        case .completeMany(let completions):
            max(1, completions.reduce(0) { $0 + 1 + $1.result.bytes.count / 4096 })
        case .addPoints(_, _, let points): 1 + points.count / 128
        case .dispatch, .fail, .registerMachine, .setMachineStatus: 1
        }
    }
}

extension JobSpecification {
    fileprivate var weight: Int { 1 + payload.count / 4096 }
}
