import ArgumentParser
import Orchestration
import Waybill

struct RedriveCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Lets dead and cancelled jobs begin anew under their own numbers, all or none.",
        discussion: """
            No attempt counts. A suggestion that was never approved goes back to the inbox. --payload replaces the \
            payload of each; one that was approved needs --approve as well.
            """
    )
    static let done = "redriven"

    @OptionGroup var jobs: JobsArgument
    @OptionGroup var patch: PayloadOptions

    @Flag(help: "Approve the payload that replaces an approved one.")
    var approve = false

    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        let patch = patch.isGiven ? try patch.payload() : nil
        return try await engine.redrive(jobs, patch: patch, approves: approve, by: context)
    }
}
