/// What is on the medium and nothing else: the state that a machine finds after the power has come back.
package struct DiskImage: Hashable, Sendable {
    /// By path.
    package var files: [String: FileContent]
    package var directories: Set<String>

    package init(files: [String: FileContent] = [:], directories: Set<String> = []) {
        self.files = files
        self.directories = directories
    }

    /// Paths, ascending.
    package var names: [String] { files.keys.sorted() }

    /// A short text that tells two images apart in a failure report.
    package var summary: String {
        names.map { "\($0): \(files[$0]?.count ?? 0) bytes" }.joined(separator: ", ")
    }
}
