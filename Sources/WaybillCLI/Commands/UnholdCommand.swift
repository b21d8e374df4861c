import ArgumentParser
import Orchestration
import Waybill

struct UnholdCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "unhold",
        abstract: "Lets held jobs be dispatched again, all or none."
    )
    static let done = "unheld"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.unhold(jobs, by: context)
    }
}
