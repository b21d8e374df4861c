import ArgumentParser
import Orchestration
import Waybill

struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerun",
        abstract: "Creates a job like one that succeeded.",
        discussion: "Prints the new job's number."
    )

    @Argument(help: "The job that succeeded.")
    var id: UInt64

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let created = try await options.withEngine { engine in
                try await engine.rerun(JobID(id), by: options.context())
            }
            options.show(created)
        }
    }
}
