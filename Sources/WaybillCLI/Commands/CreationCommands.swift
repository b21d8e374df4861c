import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Creates a job; makes the log when there is none.",
        discussion: "Prints the job's number: `waybill submit render --data jobs --payload '{\"frame\": 7}'`."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            // Before the log is opened: whoever feeds standard input may take its time.
            let payload = try job.body.payload()
            let created = try await options.withEngine(creating: true) { engine in
                try await engine.create(job.specification(payload), by: options.context())
            }
            options.show(created)
        }
    }
}

extension WritingOptions {
    /// Says which job was made, or was there before.
    func show(_ made: Committed<JobID>) {
        if json {
            let number = NewJobNumber(made.value, isExisting: made.isExisting, sequence: made.sequence)
            return Output.json(number)
        }
        Output.line(made.value.description)
        if made.isExisting { Output.diagnostic("job \(made.value) was there before, with the unique key") }
    }
}

struct SuggestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest",
        abstract: "Puts a job into the inbox, where it waits for approval.",
        discussion: "Prints the suggestion's number; `waybill suggestions` lists the inbox."
    )

    @OptionGroup var job: JobOptions

    @Option(help: "Who proposes it.")
    var source: Name?

    @Option(help: "How sure the source is, 0…1.")
    var confidence: Double?

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            // Before the log is opened: whoever feeds standard input may take its time.
            let payload = try job.body.payload()
            let made = try await options.withEngine(creating: true) { engine in
                var job = job.specification(payload)
                job.source = source
                job.confidence = confidence
                return try await engine.suggest(job, by: options.context())
            }
            options.show(made)
        }
    }
}

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
