import ArgumentParser

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
