import EventLog
import Glibc
import Logging
import Waybill

/// A program that is meant to be killed: it opens an engine on a directory and works it from several tasks until
/// it dies.
///
/// `killed-writer DIRECTORY SEED`. It prints `opening`, then one line for each answer, after the answer:
/// `create JOB SEQUENCE KEY`, `dispatch JOB SEQUENCE -`, `complete JOB SEQUENCE -`. A write of one short line to a
/// pipe is whole or absent, so its reader never sees half an acknowledgement but the last.
@main
struct KilledWriter {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let seed = UInt64(CommandLine.arguments[2]) else {
            exit(64)
        }
        say("opening")
        var options = EngineOptions(limits: LogLimits(segmentBytes: 1 << 20), seed: seed)
        options.logger.logLevel = .critical
        let engine = try await Engine.open(at: CommandLine.arguments[1], options: options)
        try await withThrowingTaskGroup { group in
            for number in 1...4 as ClosedRange<UInt64> {
                group.addTask {
                    try await Crew(engine: engine, name: "\(seed).\(number)", seed: seed &* 31 &+ number)
                        .work()
                }
            }
            try await group.waitForAll()
        }
    }
}

/// Writes one line to standard output, past every buffer; ends the program when nobody reads.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    if write(STDOUT_FILENO, bytes, bytes.count) != bytes.count { exit(1) }
}
