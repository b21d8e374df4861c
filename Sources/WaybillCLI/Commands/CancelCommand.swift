import ArgumentParser
import Orchestration
import Waybill

struct CancelCommand: JobsCommandBody {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: """
            Cancels jobs, all or none: waiting ones at once, running ones when their worker stops or \
            their lease ends, or at once by force. A job's open tasks are cancelled with it.
            """
    )
    static let done = "cancelled or told to stop"

    @OptionGroup var jobs: JobsArgument
    @Flag(help: "Cancel running jobs at once: their leases end, and what their workers say is refused.")
    var force = false
    @OptionGroup var options: WritingOptions

    func act(_ engine: Engine, _ jobs: [JobID], _ context: CommandContext) async throws -> Committed<Void> {
        try await engine.cancel(jobs, force: force, by: context)
    }
}
