import Foundation
import Glibc
import TestSupport
import Testing

/// A log that a `waybill serve` of its own serves on a free port.
final class ServedLog {
    let folder: TemporaryDirectory
    /// Such as `http://127.0.0.1:40123`.
    let address: String
    private let process = Process()

    init(_ options: String..., in folder: TemporaryDirectory? = nil) throws {
        self.folder = try folder ?? TemporaryDirectory()
        process.executableURL = URL(filePath: Tool.waybill.path)
        process.arguments = ["serve", "--data", self.folder.path("log"), "--listen", "127.0.0.1:0"] + options
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // It says where it serves in its first line.
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0a {
            line.append(byte)
        }
        let text = String(decoding: line, as: UTF8.self)
        guard let place = text.range(of: " at ") else {
            throw Tool.NotJSON(text: "waybill serve says: \(text)")
        }
        address = String(text[place.upperBound...])
    }

    deinit {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    var log: String { folder.path("log") }
    var pid: Int32 { process.processIdentifier }

    /// The exit status, once it has ended by itself.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as an operator does, and gives back its exit status.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Ends it as the system does that has no memory left.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}

/// The Python that `.ci/setup` has made, with a WebSocket client that isn't ours.
enum Python {
    private static let program = Program(Checkout.path(".venv/bin/python"))

    /// Runs a script of the tests; `arguments` follow its name.
    static func run(_ script: String, _ arguments: String...) throws -> Program.Outcome {
        try #require(
            FileManager.default.isExecutableFile(atPath: program.path),
            "there is no \(program.path): run .ci/setup, which makes it"
        )
        return try program.run(["-B", Checkout.path(script)] + arguments)
    }
}
