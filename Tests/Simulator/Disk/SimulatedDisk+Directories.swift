package import EventLog

/// Names: seen at once, durable when their directory is synced.
extension SimulatedDisk {
    package func rename(_ name: String, to newName: String) throws(FSError) {
        let effect = try begin(.rename, "\(name) → \(newName)", isChange: true)
        let inode = try existing(name, .rename)
        guard tree.holdsDirectory(of: newName) else {
            throw FSError(.rename, name, errno: SimulatedErrno.missing)
        }
        if tree.directories.contains(newName) {
            throw FSError(.rename, name, errno: SimulatedErrno.isDirectory)
        }
        change(.rename(name, to: newName, file: inode))
        for (number, descriptor) in descriptors where descriptor.inode == inode {
            descriptors[number]?.name = newName
        }
        try finish(effect, .rename, name)
    }

    package func remove(_ name: String) throws(FSError) {
        let effect = try begin(.remove, name, isChange: true)
        _ = try existing(name, .remove)
        change(.remove(name))
        try finish(effect, .remove, name)
    }

    package func makeDirectory(_ name: String) throws(FSError) {
        let effect = try begin(.makeDirectory, name, isChange: true)
        if tree.files[name] != nil { throw FSError(.makeDirectory, name, errno: SimulatedErrno.exists) }
        if !tree.directories.contains(name) { change(.makeDirectory(name)) }
        try finish(effect, .makeDirectory, name)
    }

    package func list(_ directory: String) throws(FSError) -> [String] {
        _ = try begin(.list, directory, isChange: false)
        if tree.files[directory] != nil {
            throw FSError(.list, directory, errno: SimulatedErrno.notDirectory)
        }
        if let known = listings[directory] { return known }
        let paths = tree.files.keys.filter { SimulatedPath.directory(of: $0) == directory }
        let below = directory.isEmpty ? Array(tree.directories) : []
        let names = (paths.map(SimulatedPath.name(of:)) + below).sorted()
        listings[directory] = names
        return names
    }

    package func entry(_ name: String) throws(FSError) -> FileEntry? {
        _ = try begin(.size, name, isChange: false)
        return tree.files[name].map { inode in
            FileEntry(identity: UInt64(inode), bytes: UInt64(inodes[inode].cached.count))
        }
    }

    package func directoryStamp() throws(FSError) -> Int64 {
        _ = try begin(.size, "", isChange: false)
        return nameChanges
    }

    func change(_ operation: EntryOperation) {
        nameChanges += 1
        tree.apply(operation)
        pendingEntries.append(operation)
    }
}
