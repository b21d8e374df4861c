import Foundation
import TestSupport
import Testing

/// A log that an earlier build wrote opens, says the same, and goes on.
///
/// Each folder of `Fixtures/logs` is what the build of its name left of the sample scripts; the digest is what that build
/// printed for it.
struct EarlierLogTests {
    @Test(arguments: [
        (build: "before-groups", digest: "ee1c8a4cede5bc0337462518930ddb63f551b926149d1ee493af4bdb0421b395")
    ])
    func `the log of an earlier build has its digest, and takes the next job`(build: String, digest: String)
        throws
    {
        let folder = try TemporaryDirectory()
        let data = folder.path("log")
        let original = Checkout.path("Fixtures/logs/\(build)")
        try FileManager.default.copyItem(atPath: original, toPath: data)
        #expect(try Tool.run(["log", "digest", "--data", data]).lines == ["\(digest)  100 events"])
        #expect(try Tool.run(["submit", "next", "--data", data]).lines == ["21"])
        #expect(try Tool.run(["log", "verify", "--data", data]).status == 0)
        let segment = try #require(try FileManager.default.contentsOfDirectory(atPath: original).max())
        let (before, after) = (
            try Data(contentsOf: URL(filePath: "\(original)/\(segment)")),
            try Data(contentsOf: URL(filePath: "\(data)/\(segment)"))
        )
        #expect(after.starts(with: before))
    }
}
