import Foundation
import Testing

/// What a host sees: as few names as it uses, each with a word about it.
struct PublicFaceTests {
    /// Types that `import Waybill` brings: its own, and those of the floors below that it exports one by one.
    ///
    /// What is nested in one comes with it.
    static let width = 76
    static let products = [
        "EventLog", "Names", "Orchestration", "Waybill", "WaybillHTTP", "WaybillServer", "WaybillServices",
        "WaybillWorkloads",
    ]

    @Test func `a host sees what it uses, and no more`() throws {
        let types = try House.publicDeclarations(in: "Sources/Waybill").filter(\.isOuterType)
        let exports = try House.exports(of: "Waybill").filter { !$0.contains(" func ") }
        #expect(types.count + exports.count <= Self.width, "\(types.count) and \(exports.count) exports")
    }

    @Test(arguments: products)
    func `what is exported is exported by name`(module: String) throws {
        for export in try House.exports(of: module) {
            let kinds = ["struct", "enum", "class", "actor", "protocol", "func"]
            #expect(kinds.contains { export.contains("import \($0) ") }, "\(export)")
        }
    }

    @Test(arguments: products)
    func `every public declaration is documented`(module: String) throws {
        for declaration in try House.publicDeclarations(in: "Sources/\(module)")
        where !declaration.isDocumented && !declaration.isWitness {
            Issue.record("\(declaration.place) says nothing of \(declaration.text)")
        }
    }
}

/// A declaration that other packages see.
private struct PublicDeclaration {
    /// File and line.
    let place: String
    /// Without its indentation.
    let text: String
    let isDocumented: Bool
    let isNested: Bool

    var isOuterType: Bool {
        !isNested && text.contains(/\b(struct|enum|class|actor|protocol) \w/)
    }

    /// What Swift's own protocols ask for is described there.
    var isWitness: Bool {
        ["func == (", "func < (", "func hash(into", "var description:", "func encode(to"].contains(
            where: text.contains
        )
    }
}

extension House {
    /// Everything that says `public`, and the cases and requirements of what does.
    fileprivate static func publicDeclarations(in place: String) throws -> [PublicDeclaration] {
        try swiftFiles(in: place).flatMap { file in
            let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
                .map { $0.trimmingCharacters(in: .whitespaces) }
            var found: [PublicDeclaration] = []
            var depth = 0
            /// The public enumerations and protocols around a line: how deep their members are, and how these begin.
            var open: [(depth: Int, members: Set<Substring>)] = []
            for (index, code) in try code(of: file).enumerated() {
                let words = Set(code.split { " (".contains($0) })
                let isMember =
                    open.last.map { $0.depth == depth && !$0.members.isDisjoint(with: words) } ?? false
                if isMember || (words.contains("public") && !words.contains("import")) {
                    let above = lines[..<index].last { !$0.hasPrefix("@") && !$0.hasPrefix("// ") } ?? ""
                    found.append(
                        PublicDeclaration(
                            place: "\(file.lastPathComponent):\(index + 1)",
                            text: lines[index],
                            isDocumented: above.hasPrefix("///"),
                            isNested: depth > 0
                        )
                    )
                }
                if words.isSuperset(of: ["public", "enum"]) { open.append((depth + 1, ["case"])) }
                if words.isSuperset(of: ["public", "protocol"]) {
                    open.append((depth + 1, ["func", "var", "init", "subscript"]))
                }
                depth += code.count { $0 == "{" } - code.count { $0 == "}" }
                while let last = open.last, depth < last.depth { open.removeLast() }
            }
            return found
        }
    }

    /// The lines that hand names of other modules on.
    fileprivate static func exports(of module: String) throws -> [String] {
        try swiftFiles(in: "Sources/\(module)").flatMap { try code(of: $0) }.filter {
            $0.contains("@_exported")
        }
    }
}
