private import Synchronization

/// A disk in memory, for engines without a directory: every write counts as durable, and nothing is ever lost.
///
/// Safe to use from any thread; what is written is gone with the object. Locks belong to the open file, as on
/// the real disk, so a second writer on the same object is refused.
package final class MemoryDisk: LogFS {
    fileprivate struct Handle {
        let node: Int
        var name: String
        let mode: OpenMode
    }

    fileprivate struct State {
        var nodes: [[UInt8]] = []
        var names: [String: Int] = [:]
        var handles: [Int32: Handle] = [:]
        var holders: [Int: Int32] = [:]
        var directories: Set<String> = [""]
        var nextHandle: Int32 = 1
        /// How often names changed.
        var changes: Int64 = 0
    }

    private let state = Mutex(State())

    package init() {}

    private func locked<Value: Sendable>(
        _ body: (inout State) throws(FSError) -> Value
    ) throws(FSError) -> Value {
        try state.withLock { (state: inout sending State) throws(FSError) in try body(&state) }
    }
}

// MARK: Open files

extension MemoryDisk {
    package func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        try locked { (state) throws(FSError) in
            let node = mode == .create ? try state.create(name) : try state.file(name, .open)
            let handle = state.nextHandle
            state.nextHandle += 1
            state.handles[handle] = Handle(node: node, name: name, mode: mode)
            return LogFile(rawValue: handle)
        }
    }

    package func close(_ file: LogFile) {
        state.withLock { state in
            guard let handle = state.handles.removeValue(forKey: file.rawValue) else { return }
            if state.holders[handle.node] == file.rawValue { state.holders[handle.node] = nil }
            state.forgetUnnamed(handle.node)
        }
    }

    package func size(of file: LogFile) throws(FSError) -> UInt64 {
        try locked { (state) throws(FSError) in
            UInt64(state.nodes[try state.handle(file, .size).node].count)
        }
    }

    package func read(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer  // Unsafe: the protocol's own parameter.
    ) throws(FSError) -> Int {
        try locked { (state) throws(FSError) in
            let node = try state.handle(file, .read).node
            let size = state.nodes[node].count
            guard offset < UInt64(size) else { return 0 }
            let count = min(buffer.count, size - Int(offset))
            state.nodes[node].withUnsafeBytes { bytes in
                buffer.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + count])
                )
            }
            return count
        }
    }

    package func write(
        _ file: LogFile,
        at offset: UInt64,
        _ bytes: UnsafeRawBufferPointer  // Unsafe: the protocol's own parameter.
    ) throws(FSError) -> Int {
        try locked { (state) throws(FSError) in
            let handle = try state.writable(file, .write, else: ErrorNumber.badDescriptor)
            guard !bytes.isEmpty else { return 0 }
            let end = try Self.length(offset, bytes.count, .write, handle)
            let size = state.nodes[handle.node].count
            if end > size { state.nodes[handle.node] += [UInt8](repeating: 0, count: end - size) }
            state.nodes[handle.node].withUnsafeMutableBytes { target in
                UnsafeMutableRawBufferPointer(rebasing: target[Int(offset)..<end]).copyMemory(from: bytes)
            }
            return bytes.count
        }
    }

    package func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        try locked { (state) throws(FSError) in
            let handle = try state.writable(file, .truncate, else: ErrorNumber.invalid)
            let excess = state.nodes[handle.node].count - (try Self.length(size, 0, .truncate, handle))
            if excess > 0 {
                state.nodes[handle.node].removeLast(excess)
            } else {
                state.nodes[handle.node] += [UInt8](repeating: 0, count: -excess)
            }
        }
    }

    package func syncData(_ file: LogFile) throws(FSError) {
        try locked { (state) throws(FSError) in _ = try state.handle(file, .syncData) }
    }

    package func sync(_ file: LogFile) throws(FSError) {
        try locked { (state) throws(FSError) in _ = try state.handle(file, .sync) }
    }

    package func dropCache(_ file: LogFile) {}

    package func lock(_ file: LogFile) throws(FSError) -> Bool {
        try locked { (state) throws(FSError) in
            let node = try state.writable(file, .lock, else: ErrorNumber.badDescriptor).node
            if let holder = state.holders[node] { return holder == file.rawValue }
            state.holders[node] = file.rawValue
            return true
        }
    }

    package func isLocked(_ file: LogFile) throws(FSError) -> Bool {
        try locked { (state) throws(FSError) in
            let holder = state.holders[try state.handle(file, .lock).node]
            return holder != nil && holder != file.rawValue
        }
    }

    /// Where so many bytes from `offset` on end.
    private static func length(
        _ offset: UInt64,
        _ count: Int,
        _ operation: FSError.Operation,
        _ handle: Handle
    ) throws(FSError) -> Int {
        guard let start = Int(exactly: offset), start <= Int.max - count else {
            throw FSError(operation, handle.name, errno: ErrorNumber.fileTooLarge)
        }
        return start + count
    }
}

// MARK: Names

extension MemoryDisk {
    package func syncDirectory(_ directory: String) throws(FSError) {
        try locked { (state) throws(FSError) in
            guard try state.holdsDirectory(directory, .syncDirectory) else {
                throw FSError(.syncDirectory, directory, errno: ErrorNumber.noEntry)
            }
        }
    }

    package func rename(_ name: String, to newName: String) throws(FSError) {
        try locked { (state) throws(FSError) in
            let node = try state.file(name, .rename)
            guard state.holdsParent(of: newName) else {
                throw FSError(.rename, name, errno: ErrorNumber.noEntry)
            }
            if state.directories.contains(newName) {
                throw FSError(.rename, name, errno: ErrorNumber.isDirectory)
            }
            state.changes += 1
            state.names[name] = nil
            let replaced = state.names.updateValue(node, forKey: newName)
            for (handle, held) in state.handles where held.node == node {
                state.handles[handle]?.name = newName
            }
            if let replaced { state.forgetUnnamed(replaced) }
        }
    }

    package func remove(_ name: String) throws(FSError) {
        try locked { (state) throws(FSError) in
            let node = try state.file(name, .remove)
            state.changes += 1
            state.names[name] = nil
            state.forgetUnnamed(node)
        }
    }

    package func makeDirectory(_ name: String) throws(FSError) {
        try locked { (state) throws(FSError) in
            if state.names[name] != nil { throw FSError(.makeDirectory, name, errno: ErrorNumber.exists) }
            state.directories.insert(name)
        }
    }

    package func entry(_ name: String) throws(FSError) -> FileEntry? {
        try locked { (state) throws(FSError) in
            state.names[name].map { node in
                FileEntry(identity: UInt64(node), bytes: UInt64(state.nodes[node].count))
            }
        }
    }

    package func directoryStamp() throws(FSError) -> Int64 { state.withLock { $0.changes } }

    /// Nobody else can reach it.
    package var isShared: Bool { false }

    package func list(_ directory: String) throws(FSError) -> [String] {
        try locked { (state) throws(FSError) in
            guard try state.holdsDirectory(directory, .list) else { return [] }
            let paths = Array(state.names.keys) + state.directories.filter { !$0.isEmpty }
            return paths.filter { State.parent(of: $0) == directory }
                .map { directory.isEmpty ? $0 : String($0.dropFirst(directory.count + 1)) }
                .sorted()
        }
    }
}

// MARK: What is there

extension MemoryDisk.State {
    fileprivate func handle(_ file: LogFile, _ operation: FSError.Operation) throws(FSError)
        -> MemoryDisk.Handle
    {
        guard let handle = handles[file.rawValue] else {
            throw FSError(operation, "", errno: ErrorNumber.badDescriptor)
        }
        return handle
    }

    /// The handle, unless it was opened for reading only, which fails with `errno`.
    fileprivate func writable(
        _ file: LogFile,
        _ operation: FSError.Operation,
        else errno: Int32
    ) throws(FSError) -> MemoryDisk.Handle {
        let handle = try handle(file, operation)
        guard handle.mode != .read else { throw FSError(operation, handle.name, errno: errno) }
        return handle
    }

    func file(_ name: String, _ operation: FSError.Operation) throws(FSError) -> Int {
        if let node = names[name] { return node }
        let isDirectory = directories.contains(name)
        throw FSError(operation, name, errno: isDirectory ? ErrorNumber.isDirectory : ErrorNumber.noEntry)
    }

    mutating func create(_ name: String) throws(FSError) -> Int {
        if names[name] != nil || directories.contains(name) {
            throw FSError(.open, name, errno: ErrorNumber.exists)
        }
        guard holdsParent(of: name) else { throw FSError(.open, name, errno: ErrorNumber.noEntry) }
        nodes.append([])
        changes += 1
        names[name] = nodes.count - 1
        return nodes.count - 1
    }

    static func parent(of name: String) -> String {
        name.firstIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }

    func holdsParent(of name: String) -> Bool { directories.contains(Self.parent(of: name)) }

    /// Whether the directory is there; a file of that name is an error.
    func holdsDirectory(_ name: String, _ operation: FSError.Operation) throws(FSError) -> Bool {
        if names[name] != nil { throw FSError(operation, name, errno: ErrorNumber.notDirectory) }
        return directories.contains(name)
    }

    /// Frees the bytes of a file that has neither a name nor an open handle.
    mutating func forgetUnnamed(_ node: Int) {
        let isNamed = names.values.contains(node)
        let isOpen = handles.values.contains { $0.node == node }
        if !isNamed, !isOpen { nodes[node] = [] }
    }
}
