import ArgumentParser
import Orchestration
import Waybill

struct RejectCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Takes suggestions out of the inbox for good, all or none."
    )
    static let done = "rejected"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.reject(jobs, by: context)
    }
}
