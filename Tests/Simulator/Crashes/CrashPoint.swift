/// Everything that was pending when the power went, as a value from which every outcome can be built.
package struct CrashPoint: Sendable {
    package struct File: Sendable {
        /// The newest name of the file, which says what it is for.
        package let name: String
        package let durable: FileContent
        /// In the order in which they were made.
        package let pending: [ContentOperation]
    }

    /// What the directories held durably.
    package let tree: DirectoryTree
    /// In the order in which they were made.
    package let entries: [EntryOperation]
    /// Every file that has a name or may have one, by number.
    package let files: [Int: File]

    /// What the medium holds after one choice of outcomes.
    package func image(_ choice: CrashChoice) -> DiskImage {
        let tree = tree(choice.entries)
        let contents = tree.files.mapValues { file in
            content(of: file, choice.contents[file] ?? [])
        }
        return DiskImage(files: contents, directories: tree.directories)
    }

    /// The names that are there when exactly these entry operations landed.
    package func tree(_ landed: [Bool]) -> DirectoryTree {
        var result = tree
        for (operation, isLanded) in zip(entries, landed) where isLanded { result.apply(operation) }
        result.dropUnreachable()
        return result
    }

    /// A file's bytes after these outcomes of its pending operations; missing ones are lost.
    package func content(of file: Int, _ outcomes: [ContentOutcome]) -> FileContent {
        guard let pending = files[file] else { return FileContent() }
        var content = pending.durable
        for (operation, outcome) in zip(pending.pending, outcomes) { content.apply(operation, outcome) }
        return content
    }

    /// For each entry operation, the earlier ones without which it cannot land: those on the same names.
    package var dependencies: [[Int]] {
        entries.indices.map { later in
            (0..<later).filter { entries[$0].sharesName(with: entries[later]) }
        }
    }
}

/// One way in which a power cut may go: what became of each pending operation.
package struct CrashChoice: Hashable, Sendable {
    /// Whether each entry operation landed, in their order.
    package var entries: [Bool]
    /// By file number, the outcome of each of its pending operations, in their order.
    package var contents: [Int: [ContentOutcome]]

    package init(entries: [Bool], contents: [Int: [ContentOutcome]]) {
        self.entries = entries
        self.contents = contents
    }

    /// Nothing that was pending landed.
    package static func nothing(of point: CrashPoint) -> CrashChoice {
        CrashChoice(entries: point.entries.map { _ in false }, contents: [:])
    }

    /// All that was pending landed, as when only the process was killed.
    package static func everything(of point: CrashPoint) -> CrashChoice {
        CrashChoice(
            entries: point.entries.map { _ in true },
            contents: point.files.mapValues { $0.pending.map { _ in .landed } }
        )
    }
}
