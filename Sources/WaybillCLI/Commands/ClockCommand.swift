import ArgumentParser
import Orchestration
import Waybill

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

    struct Report: Encodable {
        let jumpSeconds: Double?
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let jump = try await options.withEngine { try await $0.acceptClock() }
            let seconds = jump.map { Double($0.nanoseconds) / 1e9 }
            if options.json { return try Output.json(Report(jumpSeconds: seconds)) }
            Output.line(
                seconds.map { "the clock was \($0) s ahead, and is believed" } ?? "the clock is believed"
            )
        }
    }
}
