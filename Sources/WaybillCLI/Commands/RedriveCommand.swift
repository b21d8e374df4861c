import ArgumentParser
import Orchestration
import Waybill
import WaybillWorkloads

struct RedriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Lets dead and cancelled jobs begin anew under their own numbers.",
        discussion: """
            By numbers: all or none. By --group, or by --state with --queue, --kind or --tag: one after the other, those \
            that changed meanwhile passed over. No attempt counts. A suggestion that was never approved goes back to \
            the inbox. --payload replaces the payload of each job that is named; one that was approved needs --approve \
            as well.

            Exit status: 0 also when jobs were passed over.
            """
    )

    @Argument(help: "The jobs' numbers.")
    var ids: [UInt64] = []

    @OptionGroup var choice: BulkChoice
    @OptionGroup var patch: PayloadOptions

    @Flag(help: "Approve the payload that replaces an approved one.")
    var approve = false

    @Option(help: "Refuse unless the one job's version is this, as `waybill job` prints it.")
    var expectedVersion: UInt64?

    @OptionGroup var options: WritingOptions

    func validate() throws {
        guard ids.isEmpty != choice.isEmpty else {
            throw ValidationError("Name jobs, or choose them by --group or --state: one of both.")
        }
        if ids.isEmpty, patch.isGiven || expectedVersion != nil || approve {
            throw ValidationError(
                "--payload, --approve and --expected-version belong to jobs that are named."
            )
        }
        if expectedVersion != nil, ids.count != 1 {
            throw ValidationError("--expected-version belongs to one job.")
        }
        if ids.isEmpty, options.idempotencyKey != nil {
            throw ValidationError("--idempotency-key belongs to jobs that are named.")
        }
        if !ids.isEmpty, choice.rate != nil || choice.dryRun {
            throw ValidationError("--rate and --dry-run belong to jobs that are chosen.")
        }
    }

    @concurrent
    func run() async throws {
        try await reporting {
            if ids.isEmpty { return try await choice.run(.redrive, "redriven", options) }
            let patch = patch.isGiven ? try patch.payload() : nil
            let context = options.context(expecting: expectedVersion)
            let jobs = ids.map { JobID($0) }
            let committed = try await options.withEngine { engine in
                try await engine.redrive(jobs, patch: patch, approves: approve, by: context)
            }
            try JobsOutcome(jobs: ids, sequence: committed.sequence).print("redriven", json: options.json)
        }
    }
}
