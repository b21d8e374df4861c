import Foundation
import TestSupport

/// The checkout, read as text.
enum House {
    static let root = Checkout.root

    static func swiftFiles(in place: String) throws -> [URL] {
        let folder = root.appending(path: place)
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.allObjects as? [URL] ?? []).filter {
            $0.pathExtension == "swift" && !$0.path.contains("/.build")
        }
    }

    /// Lines without their comments.
    static func code(of file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n").map { line in
            line.range(of: "//").map { String(line[..<$0.lowerBound]) } ?? line
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
