import Foundation
import Testing

/// The example as a program of its own.
@Suite(.timeLimit(.minutes(1)))
struct ProgramTests {
    /// Exit status and standard output.
    private func run(_ arguments: String...) throws -> (status: Int32, lines: [Substring]) {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "image-generations")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: bytes, as: UTF8.self).split(separator: "\n"))
    }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "images-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path)
    }

    @Test func `it makes images and shows each status as JSON, again and again on one log`() throws {
        try inFolder { folder in
            for id in ["1", "2"] {
                let (status, lines) = try run("--images", "2", "--data", folder, "--delay", "0", "--json")
                #expect(status == 0)
                let last = try #require(lines.last)
                let object = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
                let answer = try #require(object)
                #expect(answer["jobId"] as? String == id)
                #expect(answer["status"] as? String == "completed")
                let urls = try #require(answer["imageUrls"] as? [String])
                #expect(urls.count == 2)
                for url in urls { #expect(try Data(contentsOf: #require(URL(string: url))).count > 100) }
            }
        }
    }

    @Test func `a provider that always fails gives exit status 1, wrong arguments give 64`() throws {
        try inFolder { folder in
            let (status, lines) = try run("--data", folder, "--delay", "0", "--failure-rate", "1")
            #expect(status == 1)
            #expect(lines.last == "generation 1: failed, the provider made no image 1 of a cat")
            #expect(try run("--images", "11", "--data", folder).status == 64)
            #expect(try run().status == 64)
            #expect(try run("--help").status == 0)
        }
    }
}
