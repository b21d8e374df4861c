import ArgumentParser
import Orchestration
import Waybill

struct ReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Gives a running job back at once; the attempt isn't counted."
    )

    @OptionGroup var holder: HolderOptions
    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let settled = try await options.withEngine { engine in
                try await engine.settle(holder.holder, "released") {
                    try await engine.release(holder.holder, by: options.context())
                }
            }
            settled.print(json: options.json)
        }
    }
}
