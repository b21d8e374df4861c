/// Columns for people: headed, padded, numbers to the right.
struct Table {
    private var rows: [[String]]
    private let rightAligned: Set<Int>

    /// `numeric` are the places of the columns that are aligned to the right.
    init(_ header: [String], numeric: Set<Int> = []) {
        rows = [header]
        rightAligned = numeric
    }

    mutating func add(_ row: [String]) {
        // As it is shown: an escape is wider than what it stands for, and a tab would move what follows.
        rows.append(row.map { Output.printable($0, keepingTabs: false) })
    }

    /// Says how to go on where there is a next page.
    func print(next: UInt64? = nil) {
        defer { if let next { Output.diagnostic("more: --after \(next)") } }
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return rightAligned.contains(column) ? space + cell : cell + space
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            Output.line(line)
        }
    }
}
