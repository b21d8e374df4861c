import ArgumentParser
import Orchestration
import Waybill

struct CompleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete",
        abstract: "Ends a running job as succeeded, with what it made."
    )

    @OptionGroup var holder: HolderOptions
    @OptionGroup var result: PayloadOptions
    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let result = try result.payload()
            let settled = try await options.withEngine { engine in
                try await engine.settle(holder.holder, "succeeded") {
                    try await engine.complete(holder.holder, result: result, by: options.context())
                }
            }
            settled.print(json: options.json)
        }
    }
}
