import EventLog

/// A disk whose calls a test may watch and refuse.
final class FaultyDisk: LogFS {
    private static let noSpace: Int32 = 28
    typealias Rule = @Sendable (FSError.Operation, String) -> Int32?

    private let base: any LogFS
    private let rule = LockedValue<Rule?>(nil)
    private let watcher = LockedValue<Rule?>(nil)
    private let room = LockedValue<Int?>(nil)
    private let names = LockedValue<[Int32: String]>([:])

    init(_ base: any LogFS) {
        self.base = base
    }

    /// From now on, a call for which `rule` answers an error number fails with it.
    func refuse(_ rule: Rule?) {
        self.rule.with { $0 = rule }
    }

    /// From now on, `watcher` is told of every call that changed something, after it.
    func watch(_ watcher: @escaping Rule) {
        self.watcher.with { $0 = watcher }
    }

    /// From now on, writes to all but the watermarks take `bytes` in all, and then the disk is full.
    func limitRoom(to bytes: Int?) {
        room.with { $0 = bytes }
    }

    private func call<Value>(
        _ operation: FSError.Operation,
        _ name: String,
        _ body: () throws(FSError) -> Value
    ) throws(FSError) -> Value {
        if let errno = rule.with({ $0 })?(operation, name) { throw FSError(operation, name, errno: errno) }
        let value = try body()
        _ = watcher.with { $0 }?(operation, name)
        return value
    }

    private func name(_ file: LogFile) -> String { names.with { $0[file.rawValue] ?? "" } }

    func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        let file = try call(.open, name) { () throws(FSError) in try base.open(name, mode) }
        names.with { $0[file.rawValue] = name }
        return file
    }

    func close(_ file: LogFile) { base.close(file) }

    func size(of file: LogFile) throws(FSError) -> UInt64 {
        try call(.size, name(file)) { () throws(FSError) in try base.size(of: file) }
    }

    func read(_ file: LogFile, at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FSError)
        -> Int
    {
        try call(.read, name(file)) { () throws(FSError) in try base.read(file, at: offset, into: buffer) }
    }

    func write(_ file: LogFile, at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(FSError) -> Int {
        try call(.write, name(file)) { () throws(FSError) in
            guard let left = room.with({ $0 }), name(file) != "DURABLE" else {
                return try base.write(file, at: offset, bytes)
            }
            guard left > 0 else { throw FSError(.write, name(file), errno: Self.noSpace) }
            let part = UnsafeRawBufferPointer(rebasing: bytes.prefix(left))
            room.with { $0 = left - part.count }
            return try base.write(file, at: offset, part)
        }
    }

    func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        try call(.truncate, name(file)) { () throws(FSError) in try base.truncate(file, to: size) }
    }

    func syncData(_ file: LogFile) throws(FSError) {
        try call(.syncData, name(file)) { () throws(FSError) in try base.syncData(file) }
    }

    func sync(_ file: LogFile) throws(FSError) {
        try call(.sync, name(file)) { () throws(FSError) in try base.sync(file) }
    }

    func syncDirectory(_ directory: String) throws(FSError) {
        try call(.syncDirectory, directory) { () throws(FSError) in try base.syncDirectory(directory) }
    }

    func dropCache(_ file: LogFile) { base.dropCache(file) }

    func rename(_ name: String, to newName: String) throws(FSError) {
        try call(.rename, name) { () throws(FSError) in try base.rename(name, to: newName) }
    }

    func remove(_ name: String) throws(FSError) {
        try call(.remove, name) { () throws(FSError) in try base.remove(name) }
    }

    func makeDirectory(_ name: String) throws(FSError) {
        try call(.makeDirectory, name) { () throws(FSError) in try base.makeDirectory(name) }
    }

    func list(_ directory: String) throws(FSError) -> [String] {
        try call(.list, directory) { () throws(FSError) in try base.list(directory) }
    }

    func lock(_ file: LogFile) throws(FSError) -> Bool { try base.lock(file) }
    func isLocked(_ file: LogFile) throws(FSError) -> Bool { try base.isLocked(file) }
}
