import ArgumentParser
import Foundation
import Orchestration

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
        let isJSON = !bytes.isEmpty && Self.isJSON(bytes)
        return Payload(bytes, contentType: contentType ?? (isJSON ? "application/json" : ""))
    }

    var isGiven: Bool { text != nil || file != nil }

    private func bytes() throws -> [UInt8] {
        if let text { return Array(text.utf8) }
        guard let file else { return [] }
        if file == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        do { return Array(try Data(contentsOf: URL(filePath: file))) } catch {
            throw CommandFailure("\(file) can't be read")
        }
    }

    private static func isJSON(_ bytes: [UInt8]) -> Bool {
        do { _ = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed) } catch {
            return false
        }
        return true
    }
}
