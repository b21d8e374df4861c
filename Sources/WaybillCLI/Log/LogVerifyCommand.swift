import ArgumentParser
import EventLog
import Orchestration
import Waybill
import WaybillWorkloads

struct LogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks every checksum, length and sequence, and folds every event.",
        discussion: """
            Exit status 0: all that was promised is there. 1: damaged; file, offset and sequence are named, and \
            nothing is changed; or the log can't be read at all, which is said on standard error. A tail that was \
            written but never acknowledged is no damage: it is mentioned. Without a valid DURABLE nobody can tell \
            whether the end is missing: that is mentioned too.
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
        /// What was counted; nil in a damaged log.
        var segments: Int?
        var batches: Int?
        var events: UInt64?
        var firstSequence: UInt64?
        var lastSequence: UInt64?
        var logBytes: UInt64?
        var rawBytes: UInt64?
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
            do {
                let found = try verifyLog(recording.files)
                _ = try await options.fold()
                report.add(found)
            } catch let error as LogError {
                try report.fail(error)
            } catch let error as EngineError {
                try report.fail(error, in: recording.files)
            }
            try print(report)
            if !report.ok { throw ExitCode(1) }
        }
    }

    private func print(_ report: Report) throws {
        if options.json { return try Output.json(report) }
        if let problem = report.problem { return Output.line("damaged: \(problem)") }
        guard let segments = report.segments, let batches = report.batches, let events = report.events,
            let first = report.firstSequence, let last = report.lastSequence, let bytes = report.logBytes
        else { return }
        Output.line(
            "ok: \(segments) segments, \(batches) batches, \(events) events, sequences \(first)–\(last), "
                + "\(bytes) bytes"
        )
        if events == 0 {
            Output.line("no event has been written here yet")
        } else if report.promisedThrough == nil {
            Output.line("no valid DURABLE tells how far the log must reach: a missing end could not be told")
        }
        if let tail = report.unpromisedTail {
            let place = "\(tail.bytes) bytes at \(tail.file), offset \(tail.offset), are no whole batch"
            let isKnown = report.promisedThrough != nil
            Output.line(isKnown ? "\(place); they were never promised to anybody" : place)
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

    /// Throws what says nothing of the log itself: that it couldn't be read.
    fileprivate mutating func fail(_ error: LogError) throws {
        guard case .damaged(let damage) = error else { throw error }
        ok = false
        problem = "\(error)"
        file = damage.file
        offset = damage.offset
        sequence = damage.sequence
    }

    fileprivate mutating func fail(_ error: EngineError, in files: any LogFS) throws {
        if case .log(let error) = error { return try fail(error) }
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
