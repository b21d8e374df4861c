/// The named columns of a table with a header line, and the checks that every row goes through.
struct Columns {
    let names: [String]
    private let index: [String: Int]

    /// A name that stands twice counts where it stands first.
    init(_ fields: Fields) {
        names = fields.slices.map { String(decoding: $0, as: UTF8.self) }
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func position(_ name: String, path: String) throws(WorkloadError) -> Int {
        guard let position = index[name] else { throw .missingColumn(path: path, column: name) }
        return position
    }

    func position(_ name: String) -> Int? { index[name] }
}
