import ArgumentParser
import Orchestration
import Waybill
import WaybillWorkloads

struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Puts a job into the inbox, where it waits for approval.",
        discussion: "Prints the suggestion's number; `waybill suggestions` lists the inbox."
    )

    @OptionGroup var job: JobOptions

    @Option(help: "Who proposes it.")
    var source: String?

    @Option(help: "How sure the source is, 0…1.")
    var confidence: Double?

    @OptionGroup var options: WritingOptions

    func validate() throws {
        try job.check(against: options)
    }

    @concurrent
    func run() async throws {
        try await reporting {
            // Before the log is opened: whoever feeds standard input may take its time.
            let payload = try job.body.payload()
            let made = try await options.withEngine(creating: true) { engine in
                var job = job.specification(payload, at: try await engine.now())
                job.source = source
                job.confidence = confidence
                return try await engine.suggest(job, by: options.context())
            }
            try Written(job: made.value, sequence: made.sequence).print(json: options.json)
        }
    }
}
