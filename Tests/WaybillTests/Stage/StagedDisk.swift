import EventLog
import Foundation
import Synchronization

/// A disk that a test stages: its syncs stand at a gate, fail, or its room runs out.
///
/// Everything else is the disk below.
final class StagedDisk: LogFS {
    /// Every `syncData` passes here first.
    let syncGate = Barrier()
    private let base: any LogFS
    private let full = Atomic(false)
    private let syncErrors = Atomic(false)
    private let syncs = Atomic(0)
    private let syncsLeft = Atomic(Int.max)

    init(_ base: any LogFS = MemoryDisk()) {
        self.base = base
    }

    /// While true, nothing may grow: `ENOSPC`.
    var isFull: Bool {
        get { full.load(ordering: .sequentiallyConsistent) }
        set { full.store(newValue, ordering: .sequentiallyConsistent) }
    }

    /// While true, every sync fails with `EIO`.
    var failsSyncs: Bool {
        get { syncErrors.load(ordering: .sequentiallyConsistent) }
        set { syncErrors.store(newValue, ordering: .sequentiallyConsistent) }
    }

    /// After so many more syncs of any kind, every one fails with `EIO`.
    func failSyncs(after count: Int) {
        syncsLeft.store(count, ordering: .sequentiallyConsistent)
    }

    private var isSyncFailing: Bool {
        syncsLeft.wrappingSubtract(1, ordering: .sequentiallyConsistent).newValue < 0 || failsSyncs
    }

    /// Calls of `syncData` so far.
    var syncCount: Int { syncs.load(ordering: .sequentiallyConsistent) }

    func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        if mode == .create, isFull { throw FSError(.open, name, errno: ENOSPC) }
        return try base.open(name, mode)
    }

    func write(_ file: LogFile, at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(FSError) -> Int {
        if isFull, offset + UInt64(bytes.count) > (try base.size(of: file)) {
            throw FSError(.write, "", errno: ENOSPC)
        }
        return try base.write(file, at: offset, bytes)
    }

    func syncData(_ file: LogFile) throws(FSError) {
        syncs.wrappingAdd(1, ordering: .sequentiallyConsistent)
        syncGate.pass()
        if isSyncFailing { throw FSError(.syncData, "", errno: EIO) }
        try base.syncData(file)
    }

    func sync(_ file: LogFile) throws(FSError) {
        if isSyncFailing { throw FSError(.sync, "", errno: EIO) }
        try base.sync(file)
    }

    func close(_ file: LogFile) { base.close(file) }
    func size(of file: LogFile) throws(FSError) -> UInt64 { try base.size(of: file) }
    func read(_ file: LogFile, at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FSError)
        -> Int
    {
        try base.read(file, at: offset, into: buffer)
    }
    func truncate(_ file: LogFile, to size: UInt64) throws(FSError) { try base.truncate(file, to: size) }
    func syncDirectory(_ directory: String) throws(FSError) { try base.syncDirectory(directory) }
    func dropCache(_ file: LogFile) { base.dropCache(file) }
    func rename(_ name: String, to newName: String) throws(FSError) { try base.rename(name, to: newName) }
    func remove(_ name: String) throws(FSError) { try base.remove(name) }
    func makeDirectory(_ name: String) throws(FSError) { try base.makeDirectory(name) }
    func list(_ directory: String) throws(FSError) -> [String] { try base.list(directory) }
    func lock(_ file: LogFile) throws(FSError) -> Bool { try base.lock(file) }
    func isLocked(_ file: LogFile) throws(FSError) -> Bool { try base.isLocked(file) }
}
