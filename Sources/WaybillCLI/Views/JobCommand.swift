import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct JobCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job",
        abstract: "Shows one job and its history.",
        discussion: "With --json the first line is the job, each line after it one of its events."
    )

    @Argument(help: "The job's number.")
    var id: UInt64

    @OptionGroup var options: DataOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let job = JobID(id)
            var history: [Event] = []
            let models = try await options.fold { event in
                if event.body.job == job { history.append(event) }
            }.models
            guard let summary = await models.jobs[job] else { throw CommandFailure("there is no job \(id)") }
            if options.json {
                try Output.json(JobLine(summary))
                for event in history { Output.write(event.jsonLine, to: 1) }
                return
            }
            let line = JobLine(summary)
            Output.line(
                "job \(line.id): \(line.cells[1]), \(line.kind) in \(line.queue), \(line.attempts) attempts, "
                    + "version \(line.version)"
            )
            if let tasks = await models.tasks[job] {
                Output.line(
                    "tasks \(tasks.jobs.lowerBound)…\(tasks.jobs.upperBound): \(tasks.waiting) waiting, "
                        + "\(tasks.running) running, \(tasks.succeeded) succeeded, \(tasks.dead) dead, "
                        + "\(tasks.cancelled) cancelled"
                )
            }
            if let parent = await models.tasks.parent(of: job) { Output.line("a task of job \(parent)") }
            for event in history { Output.write(event.jsonLine, to: 1) }
        }
    }
}
