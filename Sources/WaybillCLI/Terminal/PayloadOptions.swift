import ArgumentParser
import Foundation
import Glibc
import Orchestration
import WaybillJSON

/// Bytes that are given as a text or as a file.
struct PayloadOptions: ParsableArguments {
    @Option(name: .customLong("payload"), help: "The payload, or result, as a text.")
    var text: String?

    @Option(name: .customLong("payload-file"), help: "… or the file that holds it; - is standard input.")
    var file: String?

    @Option(help: "What the bytes are. Default: application/json where they are JSON, else nothing.")
    var contentType: String?

    func validate() throws {
        if text != nil, file != nil { throw ValidationError("Give --payload or --payload-file, not both.") }
    }

    func payload() throws -> Payload {
        let bytes = try bytes()
        let isJSON = !bytes.isEmpty && (try? JSONValue.parse(bytes[...])) != nil
        return Payload(bytes, contentType: contentType ?? (isJSON ? Payload.json : ""))
    }

    var isGiven: Bool { text != nil || file != nil }

    private func bytes() throws -> [UInt8] {
        if let text { return Array(text.utf8) }
        guard let file else { return [] }
        if file == "-" { return try Self.read(STDIN_FILENO, "standard input") }
        let descriptor = open(file, O_RDONLY)
        guard descriptor >= 0 else { throw CommandFailure("\(file) can't be read: \(Output.words(errno))") }
        defer { close(descriptor) }
        return try Self.read(descriptor, file)
    }

    /// No further than one byte beyond what a payload may have.
    private static func read(_ descriptor: Int32, _ name: String) throws -> [UInt8] {
        let limit = CoreLimits().payloadBytes
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= limit {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw CommandFailure("\(name) can't be read: \(Output.words(errno))") }
            bytes += buffer[..<count]
        }
        throw CommandFailure("\(name) has more than the \(limit) bytes that a payload may have")
    }
}
