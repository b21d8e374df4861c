import Foundation
import Testing

/// The tests themselves, read as text.
struct TestTests {
    @Test func `a test's name is a sentence`() throws {
        for file in try House.swiftFiles(in: "Tests") {
            var isNext = false
            for line in try House.code(of: file) {
                isNext = isNext || line.contains(/^ *@Test\b/)
                guard isNext, let name = line.firstMatch(of: /func ([^(]+)\(/)?.1 else { continue }
                isNext = false
                #expect(name.hasPrefix("`"), "\(file.lastPathComponent) names a test \(name)")
                #expect(name.contains(" "), "\(file.lastPathComponent) names a test \(name)")
            }
        }
    }

    @Test func `an expectation claims one thing`() throws {
        for file in try House.swiftFiles(in: "Tests") where !file.path.hasSuffix("/TestTests.swift") {
            for claim in Self.expectations(in: try House.text(of: file)) {
                #expect(!Self.joins(claim), "\(file.lastPathComponent): #expect(\(claim))")
            }
        }
    }

    @Test(arguments: [
        (#"#expect(a && b)"#, true), (#"#expect(try (a || f(b)) && c, "&&")"#, true),
        (#"#expect(f(a && b))"#, false), (#"#expect(all { $0 && $1 } == "a && b)")"#, false),
    ])
    func `a claim is joined where it stands, and not in what it holds`(text: String, isJoined: Bool) {
        #expect(Self.expectations(in: text).map(Self.joins) == [isJoined])
    }

    /// What stands between the parentheses of every `#expect`.
    private static func expectations(in text: String) -> [Substring] {
        text.ranges(of: "#expect(").compactMap { range in
            let rest = text[range.upperBound...]
            return outermost(rest).first { rest[$0] == ")" }.map { rest[..<$0] }
        }
    }

    private static func joins(_ claim: Substring) -> Bool {
        outermost(claim).contains { claim[$0...].hasPrefix("&&") }
    }

    /// The places of a text that stand in no bracket and no string of it; what closes a bracket that it doesn't open, too.
    private static func outermost(_ text: Substring) -> [String.Index] {
        var depth = 0
        var isString = false
        var places: [String.Index] = []
        for index in text.indices {
            switch text[index] {
            case "\"" where index == text.startIndex || text[text.index(before: index)] != "\\":
                isString.toggle()
            case _ where isString: continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                depth -= 1
                if depth < 0 { return places + [index] }
            default: if depth == 0 { places.append(index) }
            }
        }
        return places
    }
}
