import ArgumentParser
import Orchestration
import Waybill

struct SnoozeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snooze",
        abstract: "Gives a running job back for some time; the attempt isn't counted."
    )

    @OptionGroup var holder: HolderOptions
    @Option(name: .customLong("for"), help: "How long, such as 90s, 5m, 2h.")
    var length: DurationArgument

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let settled = try await options.withEngine { engine in
                try await engine.settle(holder.holder, "snoozed") {
                    try await engine.snooze(holder.holder, for: length.span, by: options.context())
                }
            }
            settled.print(json: options.json)
        }
    }
}
