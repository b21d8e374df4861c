import ArgumentParser
import Orchestration
import Waybill
import WaybillWorkloads

struct SubmitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Creates a job; makes the log when there is none.",
        discussion: "Prints the job's number: `waybill submit render --data jobs --payload '{\"frame\": 7}'`."
    )

    @OptionGroup var job: JobOptions
    @OptionGroup var options: WritingOptions

    func validate() throws {
        try job.check(against: options)
    }

    @concurrent
    func run() async throws {
        try await reporting {
            // Before the log is opened: whoever feeds standard input may take its time.
            let payload = try job.body.payload()
            let created = try await options.withEngine(creating: true) { engine in
                let job = job.specification(payload, at: try await engine.now())
                return try await engine.create(job, by: options.context())
            }
            try Written(job: created.value, sequence: created.sequence).print(json: options.json)
        }
    }
}

/// A job that was created, or found, by a command.
struct Written: Encodable {
    let job: UInt64
    let sequence: UInt64

    init(job: JobID, sequence: UInt64) {
        self.job = job.rawValue
        self.sequence = sequence
    }

    func print(json: Bool) throws {
        if json { try Output.json(self) } else { Output.line(String(job)) }
    }
}
