import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

/// A command that gives a queue another status.
protocol QueueStatusCommand: AsyncParsableCommand {
    var name: String { get }
    var options: WritingOptions { get }
    static var status: QueueStatus { get }
}

extension QueueStatusCommand {
    @concurrent
    func run() async throws {
        try await reporting {
            let committed = try await options.withEngine { engine in
                try await engine.setStatus(Self.status, ofQueue: name, by: options.context())
            }
            try QueueChange(queue: name, outcome: Self.status.name, sequence: committed.sequence)
                .print(json: options.json)
        }
    }
}

struct QueuePauseCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "A queue takes jobs and gives none; what runs goes on."
    )
    static let status = QueueStatus.paused

    @Argument(help: "The queue.")
    var name: String
    @OptionGroup var options: WritingOptions
}

struct QueueResumeCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "A queue takes and gives jobs again."
    )
    static let status = QueueStatus.open

    @Argument(help: "The queue.")
    var name: String
    @OptionGroup var options: WritingOptions
}

struct QueueDrainCommand: QueueStatusCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "A queue takes no new jobs and gives what it holds."
    )
    static let status = QueueStatus.draining

    @Argument(help: "The queue.")
    var name: String
    @OptionGroup var options: WritingOptions
}
