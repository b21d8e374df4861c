import Foundation

/// A second process that folds the log read-only: the check that what was written is what was decided.
enum DigestProcess {
    static func fold(_ directory: String) throws -> LogDigestCommand.Report {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["log", "digest", "--json", "--data", directory]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw CommandFailure("the second process could not fold the log")
        }
        return try JSONDecoder().decode(LogDigestCommand.Report.self, from: bytes)
    }
}
