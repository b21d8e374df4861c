import ArgumentParser
import Orchestration
import Waybill

struct DiscardCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Gives up on dead jobs, all or none."
    )
    static let done = "discarded"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.discard(jobs, by: context)
    }
}
