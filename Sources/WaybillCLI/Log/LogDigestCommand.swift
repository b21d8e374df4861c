import ArgumentParser
import Orchestration
import Waybill
import WaybillWorkloads

struct LogDigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Folds the log and prints the digest of its history.",
        discussion: """
            SHA-256 over every event and the state that they fold to, each in its canonical serialisation: equal \
            histories give equal digests, on any machine, whatever the batches were.
            """
    )

    @OptionGroup var options: DataOptions

    struct Report: Codable {
        let digest: String
        let events: UInt64
    }

    @concurrent
    func run() async throws {
        try await reporting {
            var history = HistoryDigest()
            let state = try await options.fold { history.add($0) }.state
            let report = Report(digest: history.finish(state.digest), events: state.lastSequence)
            if options.json {
                try Output.json(report)
            } else {
                Output.line("\(report.digest)  \(report.events) events")
            }
        }
    }
}
