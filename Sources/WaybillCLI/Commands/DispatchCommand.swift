import ArgumentParser
import Foundation
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct DispatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatch",
        abstract: "Leases the next jobs to a worker.",
        discussion: """
            Prints a line for each lease: its token, the job, the attempt, the deadline, the payload. `complete`, \
            `fail`, `release` and `snooze` take the token until the deadline.

            Exit status: 0 also when there is nothing to do.
            """
    )

    @Option(help: "The worker that gets them.")
    var worker: Name

    @Option(help: "Only from this queue; may be given several times.")
    var queue: [Name] = []

    @Option(help: "Only of this kind; may be given several times.")
    var kind: [Name] = []

    @Option(help: "At most so many.")
    var max = 1

    @Option(help: "The machine that the worker runs on.")
    var machine: Name?

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let request = DispatchRequest(
                worker: worker,
                queues: queue,
                kinds: kind,
                max: max,
                machine: machine
            )
            let leases = try await options.withEngine { engine in
                try await engine.dispatch(request, by: options.context()).value
            }
            if options.json { return Output.json(JSONCollection(leases)) }
            for lease in leases {
                let bytes = lease.specification.payload
                let payload = String(validating: bytes, as: UTF8.self) ?? Data(bytes).base64EncodedString()
                Output.line(
                    "\(lease.token)  job \(lease.job)  attempt \(lease.attempt)  until \(lease.deadline.rfc3339)  "
                        + payload
                )
            }
            if leases.isEmpty { Output.diagnostic("nothing to do") }
        }
    }
}
