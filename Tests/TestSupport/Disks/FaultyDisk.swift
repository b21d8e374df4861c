package import EventLog
import Glibc
import Synchronization

/// A disk whose calls a test watches, holds up and refuses; everything else is the disk below.
package final class FaultyDisk: LogFS {
    /// The error number that a call gives, or nil for none.
    package typealias Rule = @Sendable (FSError.Operation, String) -> Int32?
    package typealias Watcher = @Sendable (FSError.Operation, String) -> Void

    /// Every `syncData` passes here first.
    package let syncGate = Barrier()

    private struct State {
        var names: [LogFile: String] = [:]
        var rule: Rule?
        var watcher: Watcher?
        var room: Int?
        var syncsLeft = Int.max
        var syncCount = 0
    }

    private let base: any LogFS
    private let state = Mutex(State())

    package init(_ base: any LogFS = MemoryDisk()) {
        self.base = base
    }

    /// From now on, a call for which `rule` answers an error number fails with it and does nothing.
    package func refuse(_ rule: Rule?) {
        state.withLock { $0.rule = rule }
    }

    /// From now on, `watcher` is told of every call that succeeded, after it.
    package func watch(_ watcher: @escaping Watcher) {
        state.withLock { $0.watcher = watcher }
    }

    /// From now on, files grow by `bytes` in all, and then the disk is full; nil ends that.
    package func limitRoom(to bytes: Int?) {
        state.withLock { $0.room = bytes }
    }

    /// Whether nothing may grow: `ENOSPC`.
    package var isFull: Bool {
        get { state.withLock { $0.room == 0 } }
        set { limitRoom(to: newValue ? 0 : nil) }
    }

    /// After so many more syncs of files, every one fails with `EIO`.
    package func failSyncs(after count: Int = 0) {
        state.withLock { $0.syncsLeft = count }
    }

    /// Syncs succeed again.
    package func allowSyncs() { failSyncs(after: .max) }

    /// Calls of `syncData` so far.
    package var syncCount: Int { state.withLock { $0.syncCount } }
}

// MARK: Calls that are watched and refused

extension FaultyDisk {
    private func call<Value>(
        _ operation: FSError.Operation,
        _ name: String,
        _ body: () throws(FSError) -> Value
    ) throws(FSError) -> Value {
        let (rule, watcher) = state.withLock { ($0.rule, $0.watcher) }
        if let errno = rule?(operation, name) { throw FSError(operation, name, errno: errno) }
        let value = try body()
        watcher?(operation, name)
        return value
    }

    private func call<Value>(
        _ operation: FSError.Operation,
        _ file: LogFile,
        _ body: () throws(FSError) -> Value
    ) throws(FSError) -> Value {
        try call(operation, name(of: file), body)
    }

    private func name(of file: LogFile) -> String { state.withLock { $0.names[file] ?? "" } }

    package func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        let file = try call(.open, name) { () throws(FSError) in
            if mode == .create, isFull { throw FSError(.open, name, errno: ENOSPC) }
            return try base.open(name, mode)
        }
        state.withLock { $0.names[file] = name }
        return file
    }

    package func size(of file: LogFile) throws(FSError) -> UInt64 {
        try call(.size, file) { () throws(FSError) in try base.size(of: file) }
    }

    package func read(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FSError) -> Int {
        try call(.read, file) { () throws(FSError) in try base.read(file, at: offset, into: buffer) }
    }

    package func write(
        _ file: LogFile,
        at offset: UInt64,
        _ bytes: UnsafeRawBufferPointer
    ) throws(FSError) -> Int {
        try call(.write, file) { () throws(FSError) in
            guard let room = state.withLock({ $0.room }) else {
                return try base.write(file, at: offset, bytes)
            }
            let size = try base.size(of: file)
            let fitting = min(bytes.count, max(0, Int(size) + room - Int(offset)))
            if fitting == 0, !bytes.isEmpty { throw FSError(.write, name(of: file), errno: ENOSPC) }
            let taken = try base.write(file, at: offset, UnsafeRawBufferPointer(rebasing: bytes[..<fitting]))
            let grown = Int(try base.size(of: file) - size)
            state.withLock { $0.room = room - grown }
            return taken
        }
    }

    package func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        try call(.truncate, file) { () throws(FSError) in
            if let room = state.withLock({ $0.room }), size > (try base.size(of: file)) + UInt64(room) {
                throw FSError(.truncate, name(of: file), errno: ENOSPC)
            }
            try base.truncate(file, to: size)
        }
    }

    package func syncData(_ file: LogFile) throws(FSError) {
        state.withLock { $0.syncCount += 1 }
        syncGate.pass()
        try call(.syncData, file) { () throws(FSError) in
            try countSync(.syncData, file)
            try base.syncData(file)
        }
    }

    package func sync(_ file: LogFile) throws(FSError) {
        try call(.sync, file) { () throws(FSError) in
            try countSync(.sync, file)
            try base.sync(file)
        }
    }

    private func countSync(_ operation: FSError.Operation, _ file: LogFile) throws(FSError) {
        let isFailing = state.withLock { state in
            if state.syncsLeft == 0 { return true }
            state.syncsLeft -= 1
            return false
        }
        if isFailing { throw FSError(operation, name(of: file), errno: EIO) }
    }

    package func syncDirectory(_ directory: String) throws(FSError) {
        try call(.syncDirectory, directory) { () throws(FSError) in try base.syncDirectory(directory) }
    }

    package func rename(_ name: String, to newName: String) throws(FSError) {
        try call(.rename, name) { () throws(FSError) in try base.rename(name, to: newName) }
        state.withLock { state in
            for (file, held) in state.names where held == name { state.names[file] = newName }
        }
    }

    package func remove(_ name: String) throws(FSError) {
        try call(.remove, name) { () throws(FSError) in try base.remove(name) }
    }

    package func makeDirectory(_ name: String) throws(FSError) {
        try call(.makeDirectory, name) { () throws(FSError) in try base.makeDirectory(name) }
    }

    package func list(_ directory: String) throws(FSError) -> [String] {
        try call(.list, directory) { () throws(FSError) in try base.list(directory) }
    }

    package func entry(_ name: String) throws(FSError) -> FileEntry? {
        try call(.size, name) { () throws(FSError) in try base.entry(name) }
    }

    package func directoryStamp() throws(FSError) -> Int64 {
        try call(.size, "") { () throws(FSError) in try base.directoryStamp() }
    }

    package func lock(_ file: LogFile) throws(FSError) -> Bool {
        try call(.lock, file) { () throws(FSError) in try base.lock(file) }
    }

    package func isLocked(_ file: LogFile) throws(FSError) -> Bool {
        try call(.lock, file) { () throws(FSError) in try base.isLocked(file) }
    }

    package func close(_ file: LogFile) {
        state.withLock { $0.names[file] = nil }
        base.close(file)
    }

    package func dropCache(_ file: LogFile) { base.dropCache(file) }
    package func freeBytes() throws(FSError) -> UInt64? { try base.freeBytes() }
}
