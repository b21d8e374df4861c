import ArgumentParser
import Foundation
import Orchestration
import WaybillWorkloads

/// Everything that can be said of a new job.
struct JobOptions: ParsableArguments {
    @Argument(help: "What sort of work it is.")
    var kind: Name

    @Option(help: "Where it waits.")
    var queue: Name = "default"

    @OptionGroup var body: PayloadOptions

    @Option(help: "Higher runs first.")
    var priority: Int32 = 0

    @Option(help: "Not before this moment (RFC 3339).")
    var runAt: TimestampArgument?

    @Option(help: "Not before so long from now, such as 90s, 5m, 2h.")
    var delay: DurationArgument?

    @Option(help: "Cancelled if it still waits then (RFC 3339).")
    var expiresAt: TimestampArgument?

    @Option(help: "May be given several times.")
    var tag: [Name] = []

    @Option(help: "KEY=VALUE; may be given several times.")
    var attribute: [String] = []

    @Option(help: "No other job has this key while this one is open.")
    var uniqueKey: Name?

    @Option(help: "… and so long from its creation, even when it has ended.")
    var uniqueWindow: DurationArgument?

    @Option(help: "When the key is taken: refuse, or existing to be told that job. Default: refuse.")
    var onClash: ClashRule?

    @Option(help: "Jobs of the queue with one key run at most as the queue's key limit says.")
    var concurrencyKey: Name?

    @Option(help: "Failures until it is dead.")
    var maxAttempts: UInt32?

    @Option(help: "Crashes on top of that.")
    var maxCrashes: UInt32?

    @Option(help: "How long a worker has it without a heartbeat.")
    var lease: DurationArgument?

    @Option(help: "How long an attempt may last.")
    var runTimeout: DurationArgument?

    @Option(help: "How long it may take from creation to the end.")
    var totalTimeout: DurationArgument?

    @Option(help: "A job that has to succeed first; may be given several times.")
    var after: [UInt64] = []

    @Option(help: "When such a job doesn't succeed: fail, ignore or wait. Default: fail.")
    var onParentFailure: ParentFailureRule?

    @Option(help: "Thousandths of a processor that it needs of its machine.")
    var cpuMillis: UInt64 = 0

    @Option(help: "The one machine that may run it.")
    var machine: Name?

    func validate() throws {
        if runAt != nil, delay != nil { throw ValidationError("Give --run-at or --delay, not both.") }
        if uniqueWindow != nil, uniqueKey == nil {
            throw ValidationError("--unique-window belongs to --unique-key.")
        }
        if onClash != nil, uniqueKey == nil { throw ValidationError("--on-clash belongs to --unique-key.") }
        if let wrong = attribute.first(where: { !$0.utf8.contains(UInt8(ascii: "=")) }) {
            throw ValidationError("--attribute \(wrong) is not KEY=VALUE.")
        }
    }

    func specification(_ payload: Payload) -> JobSpecification {
        var job = JobSpecification(
            kind: kind,
            queue: queue,
            payload: payload.bytes,
            contentType: payload.contentType
        )
        job.priority = priority
        job.runAt = runAt?.time
        job.delay = delay?.span
        job.expiresAt = expiresAt?.time
        job.tags = tag
        for pair in attribute {
            // By scalars: an accent behind the sign is a character with it.
            let parts = pair.unicodeScalars.split(
                separator: "=",
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            job.attributes[Name(String(parts[0]))] = String(parts[1])
        }
        job.uniqueKey = uniqueKey
        job.uniqueWindow = uniqueWindow?.span
        job.onClash = onClash ?? job.onClash
        job.concurrencyKey = concurrencyKey
        job.retry.maxAttempts = maxAttempts ?? job.retry.maxAttempts
        job.retry.maxCrashes = maxCrashes ?? job.retry.maxCrashes
        job.timeouts = Timeouts(
            lease: lease?.span ?? job.timeouts.lease,
            run: runTimeout?.span,
            total: totalTimeout?.span
        )
        job.after = after.map { JobID($0) }
        job.onParentFailure = onParentFailure ?? job.onParentFailure
        job.requirements.cpuMillis = cpuMillis
        job.requirements.machine = machine
        return job
    }
}
