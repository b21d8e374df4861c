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
    var worker: String

    @Option(help: "Only from this queue; may be given several times.")
    var queue: [String] = []

    @Option(help: "Only of this kind; may be given several times.")
    var kind: [String] = []

    @Option(help: "At most so many.")
    var max = 1

    @Option(help: "The machine that the worker runs on.")
    var machine: String?

    @OptionGroup var options: WritingOptions

    struct Line: Encodable {
        let token: String
        let job: UInt64
        let kind: String
        let queue: String
        let attempt: UInt32
        let deadline: String
        let machine: String?
        let contentType: String
        /// Text where it is UTF-8.
        let payload: String?
        let payloadBase64: String?

        init(_ lease: Lease) {
            token = lease.token.description
            job = lease.job.rawValue
            kind = lease.specification.kind
            queue = lease.specification.queue
            attempt = lease.attempt
            deadline = lease.deadline.rfc3339
            machine = lease.machine
            contentType = lease.specification.contentType
            let bytes = lease.specification.payload
            payload = String(validating: bytes, as: UTF8.self)
            payloadBase64 = payload == nil ? Data(bytes).base64EncodedString() : nil
        }
    }

    struct Report: Encodable {
        let leases: [Line]
    }

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
                try await engine.dispatch(request, by: options.context()).value.map(Line.init)
            }
            if options.json { return try Output.json(Report(leases: leases)) }
            for lease in leases {
                let body = lease.payload ?? lease.payloadBase64 ?? ""
                Output.line(
                    "\(lease.token)  job \(lease.job)  attempt \(lease.attempt)  until \(lease.deadline)  \(body)"
                )
            }
            if leases.isEmpty { Output.note("nothing to do") }
        }
    }
}
