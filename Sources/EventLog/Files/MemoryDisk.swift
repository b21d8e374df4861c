private import Synchronization

/// A disk in memory, for engines without a directory: every write counts as durable, and nothing is ever lost.
///
/// Safe to use from any thread; what is written is gone with the object. Locks belong to the open file, as on
/// the real disk, so a second writer on the same object is refused.
package final class MemoryDisk: LogFS {
    private struct Handle {
        let node: Int
        let name: String
        let mode: OpenMode
    }

    private struct State {
        var nodes: [[UInt8]] = []
        var names: [String: Int] = [:]
        var handles: [Int32: Handle] = [:]
        var holders: [Int: Int32] = [:]
        var directories: Set<String> = [""]
        var nextHandle: Int32 = 1

        func handle(_ file: LogFile, _ operation: FSError.Operation) throws(FSError) -> Handle {
            guard let handle = handles[file.rawValue] else {
                throw FSError(operation, "", errno: ErrorNumber.badDescriptor)
            }
            return handle
        }

        func writable(_ file: LogFile, _ operation: FSError.Operation) throws(FSError) -> Int {
            let handle = try handle(file, operation)
            guard handle.mode != .read else {
                throw FSError(operation, handle.name, errno: ErrorNumber.badDescriptor)
            }
            return handle.node
        }
    }

    private let state = Mutex(State())

    package init() {}

    package func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        try state.withLock { (state: inout sending State) throws(FSError) -> LogFile in
            let node: Int
            if let known = state.names[name] {
                if mode == .create { throw FSError(.open, name, errno: ErrorNumber.exists) }
                node = known
            } else {
                let parent = name.firstIndex(of: "/").map { String(name[..<$0]) } ?? ""
                guard mode == .create, state.directories.contains(parent) else {
                    throw FSError(.open, name, errno: ErrorNumber.noEntry)
                }
                node = state.nodes.count
                state.nodes.append([])
                state.names[name] = node
            }
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
            Self.forgetUnnamed(handle.node, &state)
        }
    }

    package func size(of file: LogFile) throws(FSError) -> UInt64 {
        try state.withLock { (state: inout sending State) throws(FSError) -> UInt64 in
            UInt64(state.nodes[try state.handle(file, .size).node].count)
        }
    }

    package func read(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FSError) -> Int {
        // The pointer is used only inside the lock, during this call.
        nonisolated(unsafe) let target = buffer
        return try state.withLock { (state: inout sending State) throws(FSError) -> Int in
            let node = try state.handle(file, .read).node
            let size = state.nodes[node].count
            guard offset < UInt64(size) else { return 0 }
            let count = min(target.count, size - Int(offset))
            state.nodes[node].withUnsafeBytes { bytes in
                target.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: bytes[Int(offset)..<Int(offset) + count])
                )
            }
            return count
        }
    }

    package func write(_ file: LogFile, at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(FSError)
        -> Int
    {
        // The pointer is used only inside the lock, during this call.
        nonisolated(unsafe) let source = bytes
        return try state.withLock { (state: inout sending State) throws(FSError) -> Int in
            let node = try state.writable(file, .write)
            let end = Int(offset) + source.count
            let size = state.nodes[node].count
            if end > size { state.nodes[node] += [UInt8](repeating: 0, count: end - size) }
            state.nodes[node].withUnsafeMutableBytes { target in
                UnsafeMutableRawBufferPointer(rebasing: target[Int(offset)..<end]).copyMemory(from: source)
            }
            return source.count
        }
    }

    package func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        try state.withLock { (state: inout sending State) throws(FSError) in
            let node = try state.writable(file, .truncate)
            let excess = state.nodes[node].count - Int(size)
            if excess > 0 {
                state.nodes[node].removeLast(excess)
            } else {
                state.nodes[node] += [UInt8](repeating: 0, count: -excess)
            }
        }
    }

    package func syncData(_ file: LogFile) throws(FSError) {
        _ = try state.withLock { (state: inout sending State) throws(FSError) in
            try state.handle(file, .syncData).node
        }
    }

    package func sync(_ file: LogFile) throws(FSError) {
        _ = try state.withLock { (state: inout sending State) throws(FSError) in
            try state.handle(file, .sync).node
        }
    }

    package func syncDirectory(_ directory: String) throws(FSError) {}

    package func dropCache(_ file: LogFile) {}

    package func rename(_ name: String, to newName: String) throws(FSError) {
        try state.withLock { (state: inout sending State) throws(FSError) in
            guard let node = state.names.removeValue(forKey: name) else {
                throw FSError(.rename, name, errno: ErrorNumber.noEntry)
            }
            let replaced = state.names.updateValue(node, forKey: newName)
            if let replaced { Self.forgetUnnamed(replaced, &state) }
        }
    }

    package func remove(_ name: String) throws(FSError) {
        try state.withLock { (state: inout sending State) throws(FSError) in
            guard let node = state.names.removeValue(forKey: name) else {
                throw FSError(.remove, name, errno: ErrorNumber.noEntry)
            }
            Self.forgetUnnamed(node, &state)
        }
    }

    package func makeDirectory(_ name: String) throws(FSError) {
        state.withLock { _ = $0.directories.insert(name) }
    }

    package func list(_ directory: String) throws(FSError) -> [String] {
        state.withLock { state in
            let prefix = directory.isEmpty ? "" : directory + "/"
            let inside = state.names.keys.filter { $0.hasPrefix(prefix) }.map {
                String($0.dropFirst(prefix.count))
            }
            let folders = directory.isEmpty ? state.directories.filter { !$0.isEmpty } : []
            return (inside.filter { !$0.contains("/") } + folders).sorted()
        }
    }

    package func lock(_ file: LogFile) throws(FSError) -> Bool {
        try state.withLock { (state: inout sending State) throws(FSError) -> Bool in
            let node = try state.writable(file, .lock)
            if let holder = state.holders[node] { return holder == file.rawValue }
            state.holders[node] = file.rawValue
            return true
        }
    }

    package func isLocked(_ file: LogFile) throws(FSError) -> Bool {
        try state.withLock { (state: inout sending State) throws(FSError) -> Bool in
            let holder = state.holders[try state.handle(file, .lock).node]
            return holder != nil && holder != file.rawValue
        }
    }

    /// Frees the bytes of a file that has neither a name nor an open handle.
    private static func forgetUnnamed(_ node: Int, _ state: inout State) {
        let isNamed = state.names.values.contains(node)
        let isOpen = state.handles.values.contains { $0.node == node }
        if !isNamed, !isOpen { state.nodes[node] = [] }
    }
}
