import Foundation
import TestSupport
import Testing

/// The example as a program of its own.
@Suite(.timeLimit(.minutes(1)))
struct ProgramTests {
    private func run(_ arguments: String...) throws -> Program.Outcome {
        try Program.built("image-generations").run(arguments)
    }

    @Test func `it makes images and shows each status as JSON, again and again on one log`() throws {
        let directory = try TemporaryDirectory()
        for id in ["1", "2"] {
            let made = try run("--images", "2", "--data", directory.path, "--delay", "0", "--json")
            #expect(made.status == 0)
            let last = try #require(made.lines.last)
            let object = try JSONSerialization.jsonObject(with: Data(last.utf8)) as? [String: Any]
            let answer = try #require(object)
            #expect(answer["jobId"] as? String == id)
            #expect(answer["status"] as? String == "completed")
            let urls = try #require(answer["imageUrls"] as? [String])
            #expect(urls.count == 2)
            for url in urls { #expect(try Data(contentsOf: #require(URL(string: url))).count > 100) }
        }
    }

    @Test func `a provider that always fails gives exit status 1, wrong arguments give 64`() throws {
        let directory = try TemporaryDirectory()
        let made = try run("--data", directory.path, "--delay", "0", "--failure-rate", "1")
        #expect(made.status == 1)
        #expect(made.lines.last == "generation 1: failed, the provider made no image 1 of a cat")
        #expect(try run("--images", "11", "--data", directory.path).status == 64)
        #expect(try run().status == 64)
        #expect(try run("--help").status == 0)
    }
}
