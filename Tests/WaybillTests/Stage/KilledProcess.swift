import Foundation

/// One run of the writer that is killed after so many lines of its own progress.
struct KilledProcess {
    /// The acknowledged lines: all that it wrote until it died, a torn last one left out.
    let lines: [Substring]

    /// Starts the writer, reads `count` lines, kills it, and reads what else it had said.
    ///
    /// The pipe holds one page, so that the writer never runs far ahead of its reader.
    init(directory: String, seed: UInt64, killedAfter count: Int) throws {
        let program = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "killed-writer")
        let process = Process()
        process.executableURL = try Self.product() ?? program
        process.arguments = [directory, String(seed)]
        let pipe = Pipe()
        _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, Self.setPipeSize, Int32(4096))
        process.standardOutput = pipe
        try process.run()
        try pipe.fileHandleForWriting.close()
        var bytes = Data()
        var seen = 0
        while seen < count, let more = try pipe.fileHandleForReading.read(upToCount: 256), !more.isEmpty {
            bytes += more
            seen += more.count { $0 == 10 }
        }
        kill(process.processIdentifier, SIGKILL)
        if let rest = try pipe.fileHandleForReading.readToEnd() { bytes += rest }
        process.waitUntilExit()
        let text = String(decoding: bytes, as: UTF8.self)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }

    // F_SETPIPE_SZ (fcntl.h); the C library shows it only under _GNU_SOURCE.
    private static let setPipeSize: Int32 = 1031

    /// Beside the program that runs this test.
    private static func product() throws -> URL? {
        let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let beside = URL(filePath: test).deletingLastPathComponent().appending(path: "killed-writer")
        return FileManager.default.isExecutableFile(atPath: beside.path) ? beside : nil
    }
}
