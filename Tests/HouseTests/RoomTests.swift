import Foundation
import Testing

/// The rooms: each file is one idea of a bearable size, under a name that says what is in it.
struct RoomTests {
    static let places = ["Sources", "Tests", "Examples", "Benchmarks/Benchmarks"]

    @Test(arguments: places)
    func `no file is longer than 320 lines`(place: String) throws {
        for file in try House.swiftFiles(in: place) {
            let lines = try House.lines(of: file).count
            #expect(lines <= 320, "\(file.lastPathComponent) has \(lines) lines")
        }
    }

    @Test(arguments: places)
    func `no room is named after a pattern`(place: String) throws {
        let patterns: Set = [
            "Util", "Utils", "Utilities", "Helper", "Helpers", "Manager", "Impl", "Common", "Misc",
        ]
        // Said of whole folders: what they hold has a better name.
        let shelves: Set = ["Services", "Models", "Types", "Extensions", "Protocols", "Interfaces"]
        for file in try House.swiftFiles(in: place) {
            let path = House.path(of: file)
            let rooms = path.split(separator: "/").map(String.init)
            #expect(patterns.isDisjoint(with: rooms.flatMap(House.words)), "\(path)")
            #expect(shelves.isDisjoint(with: rooms.dropFirst(2)), "\(path)")
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

    @Test(arguments: places)
    func `what the compiler can't check gives its reason beside it`(place: String) throws {
        // A promise to the compiler, a pointer that is kept, or memory that is made or read by hand.
        let unchecked =
            /@unchecked Sendable|nonisolated\(unsafe\)|(let|var) \w+: (Unsafe\w*|Opaque)Pointer|unsafeUninitializedCapacity|withMemoryRebound|unsafeBitCast|assumingMemoryBound| \.allocate\(/
        for file in try House.swiftFiles(in: place) where !file.path.hasSuffix("RoomTests.swift") {
            let (lines, code) = (try House.lines(of: file), try House.code(of: file))
            for (index, line) in code.enumerated() where line.contains(unchecked) {
                let beside = lines[max(0, index - 2)...index]
                #expect(
                    beside.contains { $0.contains("//") },
                    "\(file.lastPathComponent):\(index + 1) gives no reason"
                )
            }
        }
    }
}
