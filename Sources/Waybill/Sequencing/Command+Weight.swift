import Orchestration

extension Command {
    /// What a waiting command counts at the intake: its items, and a unit for each 4 KiB that they carry, so that a
    /// few huge commands fill it as many small ones do.
    var weight: Int {
        switch self {
        case .create(let job), .suggest(let job): job.weight
        case .createMany(let jobs): jobs.reduce(0) { $0 + $1.weight }
        case .approve(let jobs), .reject(let jobs), .cancel(let jobs): max(1, jobs.count)
        case .complete(_, let result): result.weight
        case .completeMany(let completions): max(1, completions.reduce(0) { $0 + $1.result.weight })
        case .fail(_, let failure): 1 + failure.message.utf8.count / 4096
        case .addPoints(_, _, let points): 1 + points.count / 128
        case .registerMachine(let machine): 1 + machine.attributes.textBytes / 4096
        case .dispatch, .setMachineStatus: 1
        }
    }
}

extension CommandContext {
    /// What it adds to the command that it comes with.
    var weight: Int { (reason?.utf8.count ?? 0) / 4096 }
}

extension Payload {
    fileprivate var weight: Int { 1 + bytes.count / 4096 }
}

extension JobSpecification {
    /// Names are short; what may be large is the payload and the attributes.
    fileprivate var weight: Int { 1 + (payload.count + attributes.textBytes) / 4096 }
}

extension [String: String] {
    fileprivate var textBytes: Int {
        isEmpty ? 0 : reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    }
}
