import Foundation
import TestSupport
import Testing

/// The shelf of documents: short where it must be, and every way from one to another leads somewhere.
struct DocumentTests {
    @Test func `the README is at most 8 KB long`() throws {
        #expect(try Checkout.text("README.md").utf8.count <= 8192)
    }

    @Test func `every link between the documents leads to a file, and to a heading of it`() throws {
        for document in try House.files(ending: "md") {
            let folder = document.deletingLastPathComponent()
            for link in try House.text(of: document).matches(of: /\]\(([^)\s]+)[^)]*\)/).map(\.1)
            where !link.contains(":") {
                let parts = link.split(separator: "#", omittingEmptySubsequences: false)
                let file = parts[0].isEmpty ? document : folder.appending(path: String(parts[0]))
                let isThere = FileManager.default.fileExists(atPath: file.path)
                #expect(isThere, "\(House.path(of: document)) links to \(link)")
                guard isThere, parts.count > 1, file.pathExtension == "md" else { continue }
                #expect(
                    try Self.anchors(of: file).contains(String(parts[1])),
                    "\(House.path(of: document)) links to \(link)"
                )
            }
        }
    }

    /// What headings are called in links.
    private static func anchors(of document: URL) throws -> [String] {
        try House.lines(of: document).filter { $0.hasPrefix("#") }.map { line in
            let title = line.drop { $0 == "#" || $0 == " " }.lowercased()
            return String(title.filter { $0.isLetter || $0.isNumber || " -_".contains($0) })
                .replacingOccurrences(of: " ", with: "-")
        }
    }
}
