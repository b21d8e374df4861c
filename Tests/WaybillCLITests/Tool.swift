import Foundation

/// The built `waybill`, and other programs, run as processes of their own.
enum Tool {
    /// What a process left behind.
    struct Outcome {
        let status: Int32
        let output: Data
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
        var lines: [String] { text.split(separator: "\n").map(String.init) }
    }

    struct NotJSON: Error {
        let text: String
    }

    /// The tool lies beside the bundle of tests that is running.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "waybill").path

    /// Runs the tool with these arguments; its temporary files go to `temporary`.
    static func run(_ arguments: String..., temporary: Folder? = nil) throws -> Outcome {
        try run(arguments, temporary: temporary)
    }

    static func run(_ arguments: [String], temporary: Folder? = nil) throws -> Outcome {
        try launch(path, arguments, temporary: temporary)
    }

    /// Runs a line of the shell in which `$TOOL` is the tool and `$1`, `$2`, … are the arguments.
    static func shell(_ line: String, _ arguments: String..., temporary: Folder? = nil) throws -> Outcome {
        try launch("/bin/sh", ["-c", line, "sh"] + arguments, temporary: temporary)
    }

    /// Runs another program.
    static func program(_ path: String, _ arguments: [String]) throws -> Outcome {
        try launch(path, arguments)
    }

    /// Output goes to files rather than pipes, so that no process ever waits for its reader.
    private static func launch(
        _ program: String,
        _ arguments: [String],
        temporary: Folder? = nil
    ) throws -> Outcome {
        let folder = try Folder()
        let output = folder.path("output")
        let errors = folder.path("errors")
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        var environment = ProcessInfo.processInfo.environment
        environment["TOOL"] = path
        if let temporary { environment["TMPDIR"] = temporary.path }
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.create(output)
        process.standardError = try Self.create(errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: try Data(contentsOf: URL(filePath: output)),
            errors: String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self)
        )
    }

    private static func create(_ path: String) throws -> FileHandle {
        try Data().write(to: URL(filePath: path))
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    static func isInstalled(_ name: String) -> Bool {
        FileManager.default.isExecutableFile(atPath: "/usr/bin/\(name)")
    }
}

extension Tool.Outcome {
    /// The output as the one JSON object that it must be.
    func object() throws -> [String: Any] { try Self.object(output) }

    /// The output as JSON lines.
    func objects() throws -> [[String: Any]] { try lines.map { try Self.object(Data($0.utf8)) } }

    private static func object(_ bytes: Data) throws -> [String: Any] {
        guard let object = try JSONSerialization.jsonObject(with: bytes) as? [String: Any] else {
            throw Tool.NotJSON(text: String(decoding: bytes, as: UTF8.self))
        }
        return object
    }
}
