import Foundation
import Testing

/// What the README promises by letter.
struct ReadmeTests {
    let readme: String

    init() throws {
        readme = try String(contentsOf: House.root.appending(path: "README.md"), encoding: .utf8)
    }

    @Test(arguments: ["EmbeddingExampleTests", "WorkerExampleTests"].enumerated())
    func `each example is one that is compiled and run`(place: Int, test: String) throws {
        let blocks = readme.components(separatedBy: "```swift\n").dropFirst()
        #expect(blocks.count == 2)
        let example = try #require(blocks.dropFirst(place).first?.components(separatedBy: "```").first)
        try expectCompiled(example, in: test)
    }

    @Test func `the articles' code is compiled and run`() throws {
        let catalogue = House.root.appending(path: "Sources/Waybill/Waybill.docc")
        let articles = try FileManager.default.contentsOfDirectory(
            at: catalogue,
            includingPropertiesForKeys: nil
        )
        #expect(articles.count == 5)
        for article in articles {
            let text = try String(contentsOf: article, encoding: .utf8)
            for block in text.components(separatedBy: "```swift\n").dropFirst() {
                try expectCompiled(block.components(separatedBy: "```")[0], in: "ArticleExampleTests")
            }
        }
    }

    private func expectCompiled(_ example: String, in test: String) throws {
        let compiled = try String(
            contentsOf: House.root.appending(path: "Tests/WaybillTests/\(test).swift"),
            encoding: .utf8
        ).components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        for line in example.components(separatedBy: "\n") where !line.isEmpty {
            #expect(compiled.contains(line.trimmingCharacters(in: .whitespaces)), "not compiled: \(line)")
        }
    }

    @Test func `CI calls exactly the README's test command`() throws {
        let run = try String(contentsOf: House.root.appending(path: ".ci/run"), encoding: .utf8)
        #expect(readme.contains("```sh\nswift test\n```"))
        #expect(run.split(separator: "\n").contains("stage tests swift test"))
    }

    @Test func `every file that the README names is there`() throws {
        for word in readme.components(separatedBy: CharacterSet(charactersIn: " `\n()")) {
            guard ["Sources/", "Examples/", "Fixtures/", ".ci/"].contains(where: word.hasPrefix) else {
                continue
            }
            let path = word.trimmingCharacters(
                in: CharacterSet(charactersIn: ".,:;").subtracting(.init(charactersIn: "."))
            )
            #expect(FileManager.default.fileExists(atPath: House.root.appending(path: path).path), "\(path)")
        }
    }
}
