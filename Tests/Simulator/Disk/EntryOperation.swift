/// One change to a directory that has not been synced yet.
///
/// Operations on one name land in the order in which they were made; operations on different names are
/// independent of each other. Each is atomic, as on a file system with a journal.
package enum EntryOperation: Hashable, Sendable {
    case create(String, file: Int)
    case makeDirectory(String)
    /// Replaces what `to` named before.
    case rename(String, to: String, file: Int)
    case remove(String)

    /// Every name that it changes.
    package var names: [String] {
        switch self {
        case .create(let name, _), .makeDirectory(let name), .remove(let name): [name]
        case .rename(let old, let new, _): [old, new]
        }
    }

    /// Whether the two must land in their order.
    func sharesName(with other: EntryOperation) -> Bool {
        names.contains { other.names.contains($0) }
    }

    /// The directory whose sync makes it durable; for a rename, the one that the file arrives in.
    var directory: String {
        switch self {
        case .create(let name, _), .makeDirectory(let name), .remove(let name):
            SimulatedPath.directory(of: name)
        case .rename(_, let new, _): SimulatedPath.directory(of: new)
        }
    }
}

/// What the directories hold: which names there are, and which file each stands for.
package struct DirectoryTree: Hashable, Sendable {
    /// Numbers of files, by path.
    package var files: [String: Int] = [:]
    /// Directories below the root.
    package var directories: Set<String> = []

    package init() {}

    package mutating func apply(_ operation: EntryOperation) {
        switch operation {
        case .create(let name, let file): files[name] = file
        case .makeDirectory(let name): directories.insert(name)
        case .rename(let old, let new, let file):
            files[old] = nil
            files[new] = file
        case .remove(let name): files[name] = nil
        }
    }

    /// Whether the directory of a path is there.
    package func holdsDirectory(of path: String) -> Bool {
        let directory = SimulatedPath.directory(of: path)
        return directory.isEmpty || directories.contains(directory)
    }

    /// Drops files whose directory never landed: nothing leads to them.
    mutating func dropUnreachable() {
        files = files.filter { holdsDirectory(of: $0.key) }
    }
}

/// Paths of the simulated disk: a name, or a directory and a name.
enum SimulatedPath {
    /// The part before the last slash; empty for a name in the root.
    static func directory(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) } ?? ""
    }

    static func name(of path: String) -> String {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.index(after: $0)...]) } ?? path
    }
}
