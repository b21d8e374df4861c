import Foundation
import Testing

/// The rooms: each file is one idea of a bearable size, under a name that says what is in it.
struct RoomTests {
    static let places = ["Sources", "Tests", "Examples", "Benchmarks/Benchmarks"]

    @Test(arguments: places)
    func `no file is longer than 320 lines`(place: String) throws {
        for file in try House.swiftFiles(in: place) {
            let lines = try String(contentsOf: file, encoding: .utf8).split(
                separator: "\n",
                omittingEmptySubsequences: false
            ).count
            #expect(lines <= 320, "\(file.lastPathComponent) has \(lines) lines")
        }
    }

    @Test(arguments: places)
    func `no room is named after a pattern`(place: String) throws {
        for file in try House.swiftFiles(in: place) {
            for word in ["Util", "Helper", "Manager", "Impl"] {
                #expect(!file.path.dropFirst(House.root.path.count).contains(word), "\(file.path)")
            }
        }
    }

    @Test(arguments: ["Sources"])
    func `nothing is forced, slept on or left undone`(place: String) throws {
        for file in try House.swiftFiles(in: place) {
            for (number, line) in try House.code(of: file).enumerated() {
                // A clock that was handed in may be waited for: tests move it.
                for word in [
                    "try! ", "fatalError(", "Task.sleep(", "Thread.sleep(", "usleep(", "TODO", "FIXME",
                ]
                where line.contains(word) {
                    Issue.record("\(file.lastPathComponent):\(number + 1) says '\(word)'")
                }
            }
        }
    }

    @Test func `every unchecked Sendable says why`() throws {
        for file in try House.swiftFiles(in: "Sources") {
            let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
            for (index, line) in lines.enumerated()
            where line.contains("@unchecked Sendable") || line.contains("nonisolated(unsafe)") {
                let before = index > 0 ? lines[index - 1] : ""
                #expect(
                    before.contains("//") || line.contains("//"),
                    "\(file.lastPathComponent):\(index + 1) gives no reason"
                )
            }
        }
    }
}
