import ArgumentParser
import Orchestration
import Waybill

struct PruneCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Shows finished jobs no more, all or none; they stay in the log."
    )
    static let done = "pruned"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.prune(jobs, by: context)
    }
}
