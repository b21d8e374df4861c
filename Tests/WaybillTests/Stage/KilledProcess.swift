import Foundation

/// One run of the writer that is killed after so many lines of its own progress.
struct KilledProcess {
    /// All lines that it wrote until it died, a torn last one left out.
    let lines: [Substring]

    /// Starts the writer, reads `count` lines, kills it, and reads what else it had said.
    ///
    /// The pipe holds one page, so that the writer never runs far ahead of its reader.
    init(directory: String, seed: UInt64, killedAfter count: Int) throws {
        let process = Process()
        process.executableURL = try Self.program()
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

    /// Built with the tests, so it lies beside the program that runs them.
    private static func program() throws -> URL {
        let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: test).deletingLastPathComponent().appending(path: "killed-writer")
    }
}
