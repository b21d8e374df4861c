import Orchestration

/// A table with a header (RFC 4180), record by record: the one way in which every reader gets its rows.
///
/// A record ends with its line, or with a later one where a quote is open (§2.6). The first record names the columns,
/// quoted or not (§2.5); every other has as many fields. Where a quote isn't closed within ``longestRecord`` lines, or
/// what it closes is no record of this table, only the line that opened it is malformed, and what follows is read anew.
///
/// A header that stands again, as where files were put together, is passed over. So is the column of row names that R
/// writes and the header doesn't count.
struct Table {
    /// In lines.
    static let longestRecord = 1000

    private(set) var columns = Columns([])
    private var separator: FieldSeparator?
    private var fields = Fields()
    /// Lines to be read again, the next one last.
    private var waiting: [Line] = []
    private var hasRows = false

    /// The next row; nil at the table's end, and where there is no header.
    mutating func next(
        from source: inout LineSource,
        _ account: inout LineAccount
    ) throws(WorkloadError) -> TableRow? {
        if columns.count == 0 { try readHeader(from: &source, &account) }
        while let line = try nextRecord(from: &source, &account) {
            if fields.slices.elementsEqual(columns.names, by: { $0.elementsEqual($1.utf8) }) {
                account.countComment()
                continue
            }
            hasRows = true
            return TableRow(
                line: line,
                columns: columns,
                fields: fields,
                hasDecimalCommas: separator != .comma
            )
        }
        return nil
    }

    /// Reads up to the header; leaves no columns where there is none.
    mutating func readHeader(
        from source: inout LineSource,
        _ account: inout LineAccount
    ) throws(WorkloadError) {
        guard try nextRecord(from: &source, &account) != nil else { return }
        columns = Columns(fields.slices.map { Name(String(decoding: $0, as: UTF8.self)) })
        account.countComment()
    }

    /// Puts the next record into `fields`, and says on which line it begins.
    private mutating func nextRecord(
        from source: inout LineSource,
        _ account: inout LineAccount
    ) throws(WorkloadError) -> Int? {
        while let line = try nextLine(from: &source) {
            if line.isOverlong {
                account.skip(line.number, "longer than \(LineSource.longestLine) bytes")
            } else if line.isBlank {
                account.countComment()
            } else if separator == nil, let announced = FieldSeparator(announcedBy: line.bytes) {
                separator = announced
                account.countComment()
            } else if let problem = try problem(ofRecordAt: line, &source, &account) {
                account.skip(line.number, problem)
            } else {
                return line.number
            }
        }
        return nil
    }

    private mutating func nextLine(from source: inout LineSource) throws(WorkloadError) -> Line? {
        if let line = waiting.popLast() { return line }
        return try source.next()
    }

    private mutating func problem(
        ofRecordAt line: Line,
        _ source: inout LineSource,
        _ account: inout LineAccount
    ) throws(WorkloadError) -> String? {
        let separator = separator ?? FieldSeparator(ofHeader: line.bytes)
        self.separator = separator
        switch fields.split(line.bytes, by: separator) {
        case .closed: return widthProblem()
        case .wrong: return "text follows a closing quote"
        case .open:
            let isRecord = try join(line, separator, &source, &account)
            return isRecord ? nil : "a quote is not closed"
        }
    }

    /// Whether the lines up to the one that closes the quote make a record; else they are to be read anew.
    private mutating func join(
        _ first: Line,
        _ separator: FieldSeparator,
        _ source: inout LineSource,
        _ account: inout LineAccount
    ) throws(WorkloadError) -> Bool {
        var text = Array(first.bytes)
        var lines: [Line] = []
        while lines.count < Self.longestRecord, text.count <= LineSource.longestLine {
            guard let line = try nextLine(from: &source) else { break }
            lines.append(
                Line(number: line.number, bytes: Array(line.bytes)[...], isOverlong: line.isOverlong)
            )
            text.append(0x0a)
            text += line.bytes
            // An even number of quotes closes none that is open.
            if line.bytes.count(where: { $0 == 0x22 }).isMultiple(of: 2) { continue }
            let quoting = fields.split(text[...], by: separator)
            if quoting == .open { continue }
            guard quoting == .closed, widthProblem() == nil else { break }
            for _ in lines { account.countComment() }
            return true
        }
        waiting += lines.reversed()
        return false
    }

    private mutating func widthProblem() -> String? {
        if columns.count == 0 || fields.count == columns.count { return nil }
        if !hasRows, fields.count == columns.count + 1, fields[0].elementsEqual("1".utf8) {
            columns = Columns([""] + columns.names)
            return nil
        }
        return "has \(fields.count) fields instead of \(columns.count)"
    }
}

extension Table {
    /// The columns that a file names which begins with `head`; none where that is no table.
    static func columns(of head: ArraySlice<UInt8>) -> Columns {
        var source = LineSource(bytes: Array(head), name: "")
        var account = LineAccount()
        var table = Table()
        do { try table.readHeader(from: &source, &account) } catch { return Columns([]) }
        return table.columns
    }
}
