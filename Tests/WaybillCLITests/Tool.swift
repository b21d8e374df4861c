import Foundation
import TestSupport

/// The built `waybill`, and shell lines with it.
enum Tool {
    typealias Outcome = Program.Outcome

    struct NotJSON: Error {
        let text: String
    }

    static let waybill = Program.built("waybill")

    /// Runs the tool with these arguments; its temporary files go to `temporary`.
    static func run(_ arguments: String..., temporary: TemporaryDirectory? = nil) throws -> Outcome {
        try run(arguments, temporary: temporary)
    }

    static func run(_ arguments: [String], temporary: TemporaryDirectory? = nil) throws -> Outcome {
        try waybill.run(arguments, environment: environment(temporary))
    }

    /// Runs a line of the shell in which `$TOOL` is the tool and `$1`, `$2`, … are the arguments.
    static func shell(
        _ line: String,
        _ arguments: String...,
        temporary: TemporaryDirectory? = nil
    ) throws -> Outcome {
        try Program("/bin/sh").run(["-c", line, "sh"] + arguments, environment: environment(temporary))
    }

    private static func environment(_ temporary: TemporaryDirectory?) -> [String: String] {
        var environment = ["TOOL": waybill.path]
        environment["TMPDIR"] = temporary?.path
        return environment
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
