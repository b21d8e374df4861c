import ArgumentParser
import Orchestration
import Waybill

struct FailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fail",
        abstract: "Ends an attempt as failed: the job is tried again after its backoff, or is dead."
    )

    @OptionGroup var holder: HolderOptions
    @Option(name: .customLong("type"), help: "A short class of error.")
    var failureType = "error"

    @Option(help: "What went wrong.")
    var message = ""

    @Flag(help: "The job is dead, whatever its retry policy says.")
    var final = false

    @Option(help: "Try again after so long, instead of after the policy's backoff.")
    var retryAfter: DurationArgument?

    @OptionGroup var options: WritingOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let failure = Failure(
                type: failureType,
                message: message,
                isRetryable: !final,
                retryAfter: retryAfter?.span
            )
            let settled = try await options.withEngine { engine in
                try await engine.settle(holder.holder, "failed") {
                    try await engine.fail(holder.holder, failure, by: options.context())
                }
            }
            settled.print(json: options.json)
        }
    }
}
