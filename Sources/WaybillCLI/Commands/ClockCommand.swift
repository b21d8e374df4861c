import ArgumentParser
import Foundation
import Orchestration
import Waybill
import WaybillJSON

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Decides what to believe of the machine's clock.",
        subcommands: [ClockAcceptCommand.self]
    )
}

struct ClockAcceptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Believes a clock that is more than 30 days ahead of the log's last event.",
        discussion: "Timers that are due by it fire at once. The jump is recorded."
    )

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let (jump, lead) = try await options.withEngine { engine in
                let jump = try await engine.acceptClock()
                return (jump, try await engine.now().nanoseconds - Int64(Date().timeIntervalSince1970 * 1e9))
            }
            if lead > 60_000_000_000 {
                throw CommandFailure("there is nothing to accept: the log is ahead of this machine's clock")
            }
            if options.json { return Output.json(ClockOutcome(jump: jump)) }
            let ahead = jump.map { "the clock was \(Double($0.nanoseconds) / 1e9) s ahead, and is believed" }
            Output.line(ahead ?? "the clock is believed")
        }
    }
}
