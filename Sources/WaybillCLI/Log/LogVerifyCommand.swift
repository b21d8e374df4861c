import ArgumentParser
import EventLog
import Orchestration
import Waybill
import WaybillReplay

struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks every checksum, length and sequence, and folds every event.",
        discussion: """
            Exit status 0: all that was promised is there. 1: damaged; file, offset and sequence are named, and \
            nothing is changed. A tail that was written but never acknowledged is no damage: it is mentioned.
            """
    )

    @OptionGroup var options: DataOptions

    struct Tail: Encodable {
        let file: String
        let offset: UInt64
        let bytes: UInt64
    }

    struct Report: Encodable {
        var ok = true
        var segments = 0
        var batches = 0
        var events: UInt64 = 0
        var firstSequence: UInt64 = 0
        var lastSequence: UInt64 = 0
        var logBytes: UInt64 = 0
        var rawBytes: UInt64 = 0
        /// Nil when no `DURABLE` tells how far the log must reach.
        var promisedThrough: UInt64?
        var unpromisedTail: Tail?
        var file: String?
        var offset: UInt64?
        var sequence: UInt64?
        var problem: String?
    }

    @concurrent
    func run() async throws {
        try await reporting {
            let recording = try options.recording()
            var report = Report()
            do throws(LogError) {
                report.add(try verifyLog(recording.files))
            } catch {
                report.fail(error)
            }
            if report.ok {
                do { _ = try await options.fold() } catch let error as EngineError {
                    report.fail(error, in: recording.files)
                }
            }
            try print(report)
            if !report.ok { throw ExitCode(1) }
        }
    }

    private func print(_ report: Report) throws {
        if options.json { return try Output.json(report) }
        if let problem = report.problem { return Output.line("damaged: \(problem)") }
        Output.line(
            "ok: \(report.segments) segments, \(report.batches) batches, \(report.events) events, "
                + "sequences \(report.firstSequence)–\(report.lastSequence), \(report.logBytes) bytes"
        )
        if report.events == 0 {
            Output.line("no event has been written here yet")
        } else if report.promisedThrough == nil {
            Output.line("no valid DURABLE tells how far the log must reach: a missing end could not be told")
        }
        if let tail = report.unpromisedTail {
            Output.line(
                "\(tail.bytes) bytes at \(tail.file), offset \(tail.offset), were never promised to anybody"
            )
        }
    }
}

extension LogVerifyCommand.Report {
    fileprivate mutating func add(_ found: LogVerification) {
        segments = found.segments
        batches = found.batches
        events = found.events
        firstSequence = found.firstSequence
        lastSequence = found.lastSequence
        logBytes = found.storedBytes
        rawBytes = found.rawBytes
        promisedThrough = found.promised
        unpromisedTail = found.unpromised.map { .init(file: $0.file, offset: $0.offset, bytes: $0.bytes) }
    }

    fileprivate mutating func fail(_ error: LogError) {
        ok = false
        problem = "\(error)"
        guard case .damaged(let damage) = error else { return }
        file = damage.file
        offset = damage.offset
        sequence = damage.sequence
    }

    fileprivate mutating func fail(_ error: EngineError, in files: any LogFS) {
        if case .log(let error) = error { return fail(error) }
        ok = false
        problem = "\(error)"
        switch error {
        case .undecodable(let segment, let place, let first, _),
            .misnumbered(let segment, let place, let first):
            (file, offset, sequence) = (segment, place, first)
        case .inconsistent(let contradiction):
            sequence = contradiction.sequence
            locate(in: files)
        default: return
        }
    }

    /// Finds the batch that holds the sequence.
    private mutating func locate(in files: any LogFS) {
        guard let sequence, let batch = try? LogReader(files, from: sequence).next() else { return }
        (file, offset) = (batch.segment, batch.offset)
    }
}
