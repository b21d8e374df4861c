import ArgumentParser

struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Reads and checks the log itself.",
        subcommands: [
            LogListCommand.self, LogCatCommand.self, LogVerifyCommand.self, LogDigestCommand.self,
        ]
    )
}
