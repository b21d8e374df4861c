import Foundation
import TestSupport
import Waybill

/// One run of the writer that is killed after so many lines of its own progress.
struct KilledProcess {
    /// All lines that it wrote until it died, a torn last one left out.
    let lines: [Substring]

    /// Starts the writer, reads `count` lines, kills it, and reads what else it had said.
    ///
    /// The pipe holds one page, so that the writer never runs far ahead of its reader.
    init(directory: String, seed: UInt64, killedAfter count: Int) throws {
        let process = Process()
        process.executableURL = URL(filePath: Program.built("killed-writer").path)
        process.arguments = [directory, String(seed)]
        let pipe = Pipe()
        let reading = pipe.fileHandleForReading.fileDescriptor
        _ = fcntl(reading, Self.setPipeSize, Int32(4096))
        process.standardOutput = pipe
        try process.run()
        try pipe.fileHandleForWriting.close()
        var bytes: [UInt8] = []
        var seen = 0
        while seen < count {
            let more = Self.read(reading)
            if more.isEmpty { break }
            seen += more.count { $0 == UInt8(ascii: "\n") }
            bytes += more
        }
        kill(process.processIdentifier, SIGKILL)
        while case let more = Self.read(reading), !more.isEmpty { bytes += more }
        process.waitUntilExit()
        lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    /// What is there now, at most about two lines; waits for the first byte, and is empty at the end.
    private static func read(_ descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64)
        while true {
            let count = Foundation.read(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            return Array(bytes.prefix(max(0, count)))
        }
    }

    // F_SETPIPE_SZ (fcntl.h); the C library shows it only under _GNU_SOURCE.
    private static let setPipeSize: Int32 = 1031
}

/// One line that a killed writer printed after an answer.
struct Acknowledgement {
    enum Kind: String {
        case create, dispatch, complete
    }

    let kind: Kind
    let job: JobID
    let sequence: UInt64
    /// The job's unique key; `-` where the line names none.
    let key: String

    /// Nil for a line that acknowledges nothing.
    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 4, let kind = Kind(rawValue: String(words[0])), let job = UInt64(words[1]),
            let sequence = UInt64(words[2])
        else { return nil }
        self.kind = kind
        self.job = JobID(job)
        self.sequence = sequence
        key = String(words[3])
    }

    /// Whether `event` is what was acknowledged.
    func isKept(by event: Event) -> Bool {
        switch (kind, event.body) {
        case (.create, .jobCreated(let job, let specification)):
            job == self.job && specification.uniqueKey?.text == key
        case (.dispatch, .jobDispatched(let dispatched)): dispatched.job == job
        case (.complete, .jobSucceeded(let job, _, _)): job == self.job
        default: false
        }
    }
}
