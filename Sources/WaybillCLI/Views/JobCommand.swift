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
            let (state, models) = try await options.fold { event in
                if event.body.job == job { history.append(event) }
            }
            guard let detail = try await models.detail(of: job, state, options.recording().files) else {
                throw CommandFailure("there is no job \(id)")
            }
            let tasks = await models.tasks[job]
            if options.json {
                Output.json(JobWithTasks(detail, tasks))
                for event in history { Output.json(event) }
                return
            }
            Output.line(
                "job \(id): \(shown(detail.state, detail.cancellation, isHeld: detail.isHeld)), \(detail.specification.kind) in \(detail.specification.queue), "
                    + "\(detail.attempts) attempts, version \(detail.version)"
            )
            if let tasks {
                Output.line(
                    "tasks \(tasks.jobs.lowerBound)…\(tasks.jobs.upperBound): \(tasks.waiting) waiting, "
                        + "\(tasks.running) running, \(tasks.succeeded) succeeded, \(tasks.dead) dead, "
                        + "\(tasks.cancelled) cancelled"
                )
            }
            if let parent = await models.tasks.parent(of: job) { Output.line("a task of job \(parent)") }
            for event in history { Output.json(event) }
        }
    }
}
