import ArgumentParser
import EventLog
import Foundation
import Logging
import Orchestration
import Waybill
import WaybillWorkloads

/// The options of every command that writes to a log: it opens the log for that one command, and closes it.
struct WritingOptions: ParsableArguments {
    @Option(help: "The directory that holds the log; no other process may be writing it.")
    var data: String

    @Option(help: "Who asks; recorded with every event. Without it the user who runs the tool.")
    var actor: Name?

    @Option(help: "Why; recorded with every event.")
    var reason: String?

    @Option(
        help: "The same key twice is one command: the second gets the answer of the first, within 24 hours."
    )
    var idempotencyKey: Name?

    @Flag(help: "Print JSON instead of text.")
    var json = false

    func validate() throws {
        try DataOptions.check(directory: data)
        // What isn't UTF-8 has become something else by now, and must not be recorded as that.
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index] else { continue }
            if String(validatingCString: argument) == nil {
                throw ValidationError("Arguments must be UTF-8; give bytes by --payload-file.")
            }
        }
    }

    func context(expecting version: UInt64? = nil) -> CommandContext {
        CommandContext(
            actor: actor ?? Name(NSUserName()),
            idempotencyKey: idempotencyKey,
            reason: reason,
            expectedVersion: version
        )
    }

    /// Runs `body` on the engine, and closes it whatever comes of that.
    ///
    /// Live leases are not re-armed; timers that are due fire first. A log is made only when `creates` says so.
    func withEngine<Value: Sendable>(
        creating creates: Bool = false,
        _ body: (Engine) async throws -> Value
    ) async throws -> Value {
        if !creates { _ = try Recording(at: data) }
        var options = EngineOptions(isServing: false)
        // What matters comes as an error.
        options.logger = Logger(label: "waybill") { _ in SwiftLogNoOpLogHandler() }
        let engine = try await Engine.open(at: data, options: options)
        let value: Value
        do {
            try await warnOfClock(engine)
            value = try await body(engine)
        } catch {
            // What the command was refused for is what matters; a failing close would say the same again.
            try? await engine.close()
            throw error
        }
        try await engine.close()
        Output.recordEffect()
        return value
    }

    /// Says when time stands still, or as good as that, for whoever opens the log for a moment only.
    private func warnOfClock(_ engine: Engine) async throws {
        if case .clockInDoubt(let ahead) = engine.condition {
            return Output.diagnostic(
                "waybill: this machine's clock is \(ahead.nanoseconds / 1_000_000_000) s ahead of the log and not "
                    + "believed, so no timer fires: `waybill clock accept` if it is right"
            )
        }
        let lead = try await engine.now().nanoseconds - Int64(Date().timeIntervalSince1970 * 1e9)
        if lead > 60_000_000_000 {
            Output.diagnostic(
                "waybill: the log is \(lead / 1_000_000_000) s ahead of this machine's clock; its time never goes "
                    + "back, so timers wait until the clock is there too"
            )
        }
    }
}
