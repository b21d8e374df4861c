/// What is on the medium and nothing else: the state that a machine finds after the power has come back.
public struct DiskImage: Hashable, Sendable {
    /// By path.
    public var files: [String: FileContent]
    public var directories: Set<String>

    public init(files: [String: FileContent] = [:], directories: Set<String> = []) {
        self.files = files
        self.directories = directories
    }

    /// Paths, ascending.
    public var names: [String] { files.keys.sorted() }

    /// A short text that tells two images apart in a failure report.
    public var summary: String {
        names.map { "\($0): \(files[$0]?.count ?? 0) bytes" }.joined(separator: ", ")
    }
}
