import ArgumentParser

/// The tool: one subcommand a file; each parses, calls and prints.
@main
struct WaybillTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "waybill",
        abstract: "Plays, reads, checks and measures an event-sourced job log.",
        discussion: """
            A log is a directory of LZ4 files. `run` plays recorded workloads through a real engine into one; the \
            other commands read a log without a lock, also while another process writes it.

            Exit status: 0 done; 1 what was asked for failed or was found damaged; 64 wrong arguments.
            """,
        version: "0.1.0",
        subcommands: [
            RunCommand.self, LogCommand.self, JobsCommand.self, JobCommand.self, SuggestionsCommand.self,
            MachinesCommand.self, CurveCommand.self, BenchCommand.self,
        ]
    )
}
