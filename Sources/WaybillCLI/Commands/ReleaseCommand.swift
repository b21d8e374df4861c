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
            let committed = try await options.withEngine { engine in
                try await engine.release(holder.holder, by: options.context())
            }
            try Settled(holder.holder, "released", committed.sequence).print(json: options.json)
        }
    }
}
