/// The names in a table's header.
struct Columns: Sendable {
    let names: [String]
    private let positions: [String: Int]

    /// A name that stands twice counts where it stands first.
    init(_ names: [String]) {
        self.names = names
        positions = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var count: Int { names.count }

    func position(_ name: String) -> Int? { positions[name] }

    func position(_ column: WantedColumn) -> Int? { column.names.lazy.compactMap { positions[$0] }.first }

    /// Throws where a column is missing that a reader can't do without.
    func check(for wanted: [WantedColumn], path: String) throws(WorkloadError) {
        let missing = wanted.filter { position($0) == nil }
        if missing.isEmpty { return }
        throw .missingColumns(
            path: path,
            missing: missing.map(\.description),
            found: names,
            wanted: wanted.map(\.description)
        )
    }
}

/// A column that a reader can't do without, or several of which one has to be there.
struct WantedColumn: Sendable, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, CustomStringConvertible
{
    let names: [String]

    init(stringLiteral name: String) { names = [name] }
    init(arrayLiteral names: String...) { self.names = names }

    var description: String { names.joined(separator: " or ") }
}
