import ArgumentParser

/// The tool: each of its subcommands parses, calls and prints.
@main
struct WaybillTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill",
        abstract: "Plays, reads, checks and measures an event-sourced job log.",
        discussion: """
            A log is a directory of LZ4 files. `run` plays recorded workloads through a real engine into one. The \
            commands on jobs open a log that no other process writes, do one thing and close it. The reading commands \
            take no lock, also while another process writes.

            Exit status: 0 done; 1 what was asked for failed or was found damaged; 64 wrong arguments.
            """,
        version: "0.1.0",
        groupedSubcommands: [
            CommandGroup(
                name: "Job",
                subcommands: [
                    SubmitCommand.self, SuggestCommand.self, ApproveCommand.self, RejectCommand.self,
                    HoldCommand.self, UnholdCommand.self, CancelCommand.self, RedriveCommand.self,
                    RerunCommand.self, DiscardCommand.self, PruneCommand.self,
                ]
            ),
            CommandGroup(
                name: "Work",
                subcommands: [
                    DispatchCommand.self, CompleteCommand.self, FailCommand.self, SnoozeCommand.self,
                    ReleaseCommand.self, QueueCommand.self, ClockCommand.self,
                ]
            ),
            CommandGroup(
                name: "View",
                subcommands: [
                    JobsCommand.self, JobCommand.self, HistoryCommand.self, SuggestionsCommand.self,
                    QueuesCommand.self, WorkersCommand.self, DeadCommand.self, MachinesCommand.self,
                    CurveCommand.self,
                ]
            ),
            CommandGroup(
                name: "Log",
                subcommands: [ServeCommand.self, RunCommand.self, LogCommand.self, BenchCommand.self]
            ),
        ]
    )

    /// As the parser's own, but for what is said of wrong arguments: they are shown as all texts are.
    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Output.end(fullMessage(for: error), status: exitCode(for: error).rawValue)
        }
    }
}

struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Configures, pauses, drains and opens a queue.",
        subcommands: [
            QueueConfigureCommand.self, QueuePauseCommand.self, QueueResumeCommand.self,
            QueueDrainCommand.self,
        ]
    )
}

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Reads and checks the log itself.",
        subcommands: [
            LogListCommand.self, LogCatCommand.self, LogVerifyCommand.self, LogDigestCommand.self,
        ]
    )
}
