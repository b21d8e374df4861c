public import EventLog

/// Files: what programs see changes at once, what the medium holds changes when it is synced.
extension SimulatedDisk {
    public func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile {
        let effect = try begin(.open, name, isChange: mode == .create)
        let inode: Int
        if mode == .create {
            inode = try create(name)
        } else {
            inode = try existing(name, .open)
        }
        try finish(effect, .open, name)
        return addDescriptor(inode, name, isWritable: mode != .read)
    }

    public func close(_ file: LogFile) {
        guard let closed = descriptors.removeValue(forKey: file.rawValue) else { return }
        if inodes[closed.inode].lockHolder == file.rawValue { inodes[closed.inode].lockHolder = nil }
    }

    public func size(of file: LogFile) throws(FSError) -> UInt64 {
        let descriptor = try descriptor(file, .size)
        _ = try begin(.size, descriptor.name, isChange: false)
        return UInt64(inodes[descriptor.inode].cached.count)
    }

    public func read(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer  // Unsafe: the protocol's own parameter.
    ) throws(FSError) -> Int {
        let descriptor = try descriptor(file, .read)
        let effect = try begin(.read, descriptor.name, isChange: false, at: offset, count: buffer.count)
        guard let start = Int(exactly: offset) else { return 0 }
        let wanted = Self.limited(buffer.count, by: effect)
        // Unsafe: a shorter view of the caller's buffer.
        let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
        return inodes[descriptor.inode].cached.read(at: start, into: part)
    }

    public func write(
        _ file: LogFile,
        at offset: UInt64,
        _ bytes: UnsafeRawBufferPointer  // Unsafe: the protocol's own parameter.
    ) throws(FSError) -> Int {
        let descriptor = try writable(file, .write)
        let effect = try begin(.write, descriptor.name, isChange: true, at: offset, count: bytes.count)
        let start = try Self.place(offset, bytes.count, .write, descriptor.name)
        let wanted = Self.limited(bytes.count, by: effect)
        let taken = try room(for: wanted, at: start, in: descriptor)
        // Unsafe: a shorter view of the caller's bytes.
        let part = UnsafeRawBufferPointer(rebasing: bytes[..<taken])
        if taken > 0 {
            inodes[descriptor.inode].cached.write(part, at: start)
            inodes[descriptor.inode].pending.append(.write(offset: start, bytes: FileContent.copy(of: part)))
        }
        try finish(effect, .write, descriptor.name)
        return taken
    }

    public func truncate(_ file: LogFile, to size: UInt64) throws(FSError) {
        let descriptor = try writable(file, .truncate, else: SimulatedErrno.invalid)
        let effect = try begin(.truncate, descriptor.name, isChange: true, at: size)
        let length = try Self.place(size, 0, .truncate, descriptor.name)
        let grown = length - inodes[descriptor.inode].cached.count
        if grown > 0, let capacity, usedSpace + grown > capacity {
            throw FSError(.truncate, descriptor.name, errno: SimulatedErrno.noSpace)
        }
        inodes[descriptor.inode].cached.resize(to: length)
        inodes[descriptor.inode].pending.append(.truncate(size: length))
        try finish(effect, .truncate, descriptor.name)
    }

    public func lock(_ file: LogFile) throws(FSError) -> Bool {
        let descriptor = try writable(file, .lock)
        _ = try begin(.lock, descriptor.name, isChange: false)
        if let holder = inodes[descriptor.inode].lockHolder { return holder == file.rawValue }
        inodes[descriptor.inode].lockHolder = file.rawValue
        return true
    }

    public func isLocked(_ file: LogFile) throws(FSError) -> Bool {
        let descriptor = try descriptor(file, .lock)
        _ = try begin(.lock, descriptor.name, isChange: false)
        let holder = inodes[descriptor.inode].lockHolder
        return holder != nil && holder != file.rawValue
    }

    // MARK: Rules

    /// Bytes of all files that have a name.
    public var usedSpace: Int { tree.files.values.reduce(0) { $0 + inodes[$1].cached.count } }

    func existing(_ name: String, _ operation: FSError.Operation) throws(FSError) -> Int {
        if tree.directories.contains(name) {
            throw FSError(operation, name, errno: SimulatedErrno.isDirectory)
        }
        guard let inode = tree.files[name] else {
            throw FSError(operation, name, errno: SimulatedErrno.missing)
        }
        return inode
    }

    private func create(_ name: String) throws(FSError) -> Int {
        if tree.files[name] != nil || tree.directories.contains(name) {
            throw FSError(.open, name, errno: SimulatedErrno.exists)
        }
        guard tree.holdsDirectory(of: name) else { throw FSError(.open, name, errno: SimulatedErrno.missing) }
        let inode = addInode(FileContent())
        change(.create(name, file: inode))
        return inode
    }

    /// The descriptor, unless it was opened for reading only, which fails with `errno`.
    private func writable(
        _ file: LogFile,
        _ operation: FSError.Operation,
        else errno: Int32 = SimulatedErrno.badDescriptor
    ) throws(FSError) -> Descriptor {
        let descriptor = try descriptor(file, operation)
        if !descriptor.isWritable { throw FSError(operation, descriptor.name, errno: errno) }
        return descriptor
    }

    /// How much of a write fits, where overwriting takes no room.
    ///
    /// Nothing at all is an error, as on a real disk.
    private func room(for count: Int, at offset: Int, in descriptor: Descriptor) throws(FSError) -> Int {
        guard let capacity else { return count }
        let size = inodes[descriptor.inode].cached.count
        let room = max(0, capacity - usedSpace) + size - offset
        if room <= 0 && count > 0 { throw FSError(.write, descriptor.name, errno: SimulatedErrno.noSpace) }
        return min(count, room)
    }

    private static func limited(_ count: Int, by effect: Fault.Effect?) -> Int {
        if case .short(let bytes) = effect { min(count, bytes) } else { count }
    }

    /// A place in a file; files end at 1 GiB, so that a wild offset is an error and not an allocation.
    private static func place(
        _ offset: UInt64,
        _ count: Int,
        _ operation: FSError.Operation,
        _ name: String
    ) throws(FSError) -> Int {
        guard let start = Int(exactly: offset), start <= (1 << 30) - count else {
            throw FSError(operation, name, errno: SimulatedErrno.tooLarge)
        }
        return start
    }
}
