import ArgumentParser
import Orchestration
import Waybill

struct HoldCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Keeps waiting jobs from being dispatched, all or none."
    )
    static let done = "held"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.hold(jobs, by: context)
    }
}
