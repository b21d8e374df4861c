import Foundation
import TestSupport

/// The checkout, read as text.
enum House {
    static let root = Checkout.root

    static func swiftFiles(in place: String) throws -> [URL] { try files(ending: "swift", in: place) }

    /// What is built, fetched or hidden is left out.
    static func files(ending: String, in place: String = "") throws -> [URL] {
        let folder = root.appending(path: place)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter {
            $0.pathExtension == ending && !path(of: $0).contains("/.") && !path(of: $0).hasPrefix(".")
        }
    }

    /// From the checkout's root on.
    static func path(of file: URL) -> String {
        String(file.path.dropFirst(root.path.count).drop { $0 == "/" })
    }

    static func text(of file: URL) throws -> String { try String(contentsOf: file, encoding: .utf8) }

    static func lines(of file: URL) throws -> [String] { try text(of: file).components(separatedBy: "\n") }

    /// Lines without their comments.
    static func code(of file: URL) throws -> [String] {
        try lines(of: file).map { line in
            line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
        }
    }

    /// The types that are declared, nested ones too.
    static func types(in place: String) throws -> [(name: String, file: String)] {
        let declaration =
            /^\s*(?:(?:public|package|private|fileprivate|final|indirect) )*(?:struct|enum|class|actor|protocol|typealias) (\w+)/
        return try swiftFiles(in: place).flatMap { file in
            try code(of: file).compactMap { line in
                line.firstMatch(of: declaration).map { (String($0.1), path(of: file)) }
            }
        }
    }

    /// The words of a name in camel case.
    static func words(_ name: String) -> [String] {
        name.reduce(into: [""]) { words, letter in
            if letter.isUppercase || !letter.isLetter { words.append("") }
            words[words.count - 1].append(letter)
        }
    }

    private static let kinds: Set = [
        "struct", "class", "enum", "protocol", "typealias", "func", "let", "var",
    ]

    static func imports(of file: URL) throws -> [String] {
        try code(of: file).compactMap { line in
            let words = line.split(separator: " ")
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                words[..<index].allSatisfy({
                    ["public", "package", "internal", "private", "@_exported"].contains($0)
                })
            else { return nil }
            // `import struct Module.Type` names the module behind the kind.
            let named = words[(index + 1)...].first { !kinds.contains(String($0)) }
            return named?.split(separator: ".").first.map(String.init)
        }
    }
}
