import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Shows everything that happened to something, and who did it.",
        subcommands: [JobHistoryCommand.self]
    )
}

struct JobHistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "Shows what happened to a job, when, by whom and why.",
        discussion: "With --json one event a line, as `waybill log cat --job ID` prints them."
    )

    @Argument(help: "The job's number.")
    var id: UInt64

    @OptionGroup var options: DataOptions

    @concurrent
    func run() async throws {
        try await reporting {
            var history: [Event] = []
            try options.recording().events { event in
                if event.body.job?.rawValue == id { history.append(event) }
            }
            guard !history.isEmpty else { throw CommandFailure("there is no job \(id)") }
            if options.json {
                for event in history { Output.json(event) }
                return
            }
            var table = Table(["SEQUENCE", "TIME", "EVENT", "BY", "WHAT"], numeric: [0])
            for event in history {
                table.add([
                    String(event.sequence), event.time.rfc3339, event.body.name, event.context.actor.text,
                    event.remark,
                ])
            }
            table.print()
        }
    }
}

extension Event {
    /// What tells this event from others of its type, and the reason that was given.
    fileprivate var remark: String {
        ([body.remark] + [context.reason].compactMap { $0 }).filter { !$0.isEmpty }.joined(separator: "; ")
    }
}

extension Event.Body {
    fileprivate var remark: String {
        switch self {
        case .jobCreated(_, let job), .suggestionMade(_, let job): "\(job.kind) in \(job.queue)"
        case .jobDispatched(let lease):
            "attempt \(lease.attempt) to \(lease.worker)\(lease.machine.map { " on \($0)" } ?? "")"
        case .attemptFailed(_, _, let failure):
            failure.message.isEmpty ? failure.type.text : "\(failure.type): \(failure.message)"
        case .jobRetried(let retried): "due \(retried.due.rfc3339)"
        case .jobSnoozed(_, _, let due): "until \(due.rfc3339)"
        case .jobDied(_, let reason): reason
        case .jobCancelled(_, let reason): reason.name
        case .jobCancelRequested(_, let deadline): "forced at \(deadline.rfc3339)"
        case .leaseExpired(_, _, let beat): beat.map { "last heartbeat \($0.rfc3339)" } ?? "no heartbeat"
        case .jobProgressed(_, _, let progress):
            [progress.fraction.map { "\(Int($0 * 100)) %" }, progress.message].compactMap { $0 }
                .joined(separator: " ")
        case .pointsAdded(_, let series, let points): "\(points.count) points of \(series)"
        default: ""
        }
    }
}
