package import Foundation

/// A program that a test runs as a process of its own.
package struct Program: Sendable {
    package let path: String

    package init(_ path: String) {
        self.path = path
    }

    /// One that is built with the tests: it lies beside the bundle of tests that is running.
    package static func built(_ name: String) -> Program {
        Program(
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
                .appending(path: name).path
        )
    }

    /// One of this machine's, if it has it.
    package static func installed(_ name: String) -> Program? {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return directories.map { Program("\($0)/\(name)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// What a process left behind.
    package struct Outcome {
        package let status: Int32
        package let output: Data
        package let errors: String

        package var text: String { String(decoding: output, as: UTF8.self) }
        package var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    /// Runs it to its end; `environment` comes on top of the tests' own.
    ///
    /// All that it reads and writes are files rather than pipes, so that no process ever waits for the other.
    package func run(
        _ arguments: [String],
        input: [UInt8] = [],
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let directory = try TemporaryDirectory()
        let output = URL(filePath: try directory.write([], to: "output"))
        let errors = URL(filePath: try directory.write([], to: "errors"))
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = try FileHandle(
            forReadingFrom: URL(filePath: try directory.write(input, to: "input"))
        )
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try Data(contentsOf: output),
            errors: try String(contentsOf: errors, encoding: .utf8)
        )
    }
}
