import Orchestration

/// The names in a table's header.
struct Columns: Sendable {
    let names: [Name]
    private let positions: [Name: Int]

    /// A name that stands twice counts where it stands first.
    init(_ names: [Name]) {
        self.names = names
        positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var count: Int { names.count }

    func position(_ name: Name) -> Int? { positions[name] }

    func position(_ column: WantedColumn) -> Int? { column.names.lazy.compactMap { positions[$0] }.first }

    /// Throws where a column is missing that a reader can't do without.
    func check(for wanted: [WantedColumn], path: String) throws(WorkloadError) {
        let missing = wanted.filter { position($0) == nil }
        if missing.isEmpty { return }
        throw .missingColumns(
            path: path,
            missing: missing.map(\.description),
            found: names.map(\.text),
            wanted: wanted.map(\.description)
        )
    }
}

/// A column that a reader can't do without, or several of which one has to be there.
struct WantedColumn: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, CustomStringConvertible
{
    let names: [Name]

    init(_ name: Name) { names = [name] }
    init(stringLiteral name: String) { names = [Name(name)] }
    init(arrayLiteral names: Name...) { self.names = names }

    var description: String { names.map(\.text).joined(separator: " or ") }
}
