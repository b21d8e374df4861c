/// A crash in words, for the report of a failure.
extension CrashPoint {
    /// One line for each pending operation and what became of it.
    package func explain(_ choice: CrashChoice) -> String {
        var lines: [String] = []
        for (operation, isLanded) in zip(entries, choice.entries) {
            lines.append("  \(isLanded ? "landed" : "lost  ") \(operation.text)")
        }
        for (number, file) in files.sorted(by: { $0.key < $1.key }) {
            let outcomes = choice.contents[number] ?? file.pending.map { _ in .lost }
            for (operation, outcome) in zip(file.pending, outcomes) {
                lines.append("  \(outcome.text) \(operation.text(in: file.name))")
            }
        }
        return lines.isEmpty ? "  nothing was pending" : lines.joined(separator: "\n")
    }
}

extension EntryOperation {
    fileprivate var text: String {
        switch self {
        case .create(let name, _): "create \(name)"
        case .makeDirectory(let name): "make directory \(name)"
        case .rename(let old, let new, _): "rename \(old) to \(new)"
        case .remove(let name): "remove \(name)"
        }
    }
}

extension ContentOutcome {
    fileprivate var text: String {
        switch self {
        case .lost: "lost  "
        case .landed: "landed"
        case .torn(let tear): "torn (landed \(tear.landed), rest \(tear.rest))"
        }
    }
}

extension ContentOperation {
    fileprivate func text(in name: String) -> String {
        switch self {
        case .write(let offset, let bytes): "write of \(bytes.count) bytes at \(offset) in \(name)"
        case .truncate(let size): "truncation of \(name) to \(size)"
        }
    }
}
