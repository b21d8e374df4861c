import ArgumentParser
import Orchestration
import Waybill
import WaybillReplay

struct LogDigestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Folds the log and prints the digest of the state.",
        discussion:
            "SHA-256 over a canonical serialisation: equal histories give equal digests, on any machine."
    )

    @OptionGroup var options: DataOptions

    struct Report: Codable {
        let digest: String
        let events: UInt64
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let state = try await options.fold().state
            let report = Report(digest: state.digest, events: state.lastSequence)
            if options.json {
                try Output.json(report)
            } else {
                Output.line("\(report.digest)  \(report.events) events")
            }
        }
    }
}
