import ArgumentParser
import Orchestration
import Waybill

struct ApproveCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Takes suggestions out of the inbox and makes them jobs, all or none."
    )
    static let done = "approved"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.approve(jobs, by: context)
    }
}
