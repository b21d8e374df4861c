public import EventLog
import TestSupport

/// Syncing: where pending operations become durable, or where a fault says that they did not.
extension SimulatedDisk {
    public func syncData(_ file: LogFile) throws(FSError) { try sync(file, .syncData) }

    public func sync(_ file: LogFile) throws(FSError) { try sync(file, .sync) }

    public func syncDirectory(_ directory: String) throws(FSError) {
        let effect = try begin(.syncDirectory, directory, isChange: true)
        guard directory.isEmpty || tree.directories.contains(directory) else {
            let isFile = tree.files[directory] != nil
            let errno = isFile ? SimulatedErrno.notDirectory : SimulatedErrno.missing
            throw FSError(.syncDirectory, directory, errno: errno)
        }
        switch effect {
        case .lie: return
        case .losePages(let errno, _): throw FSError(.syncDirectory, directory, errno: errno)
        default: landEntries(of: directory)
        }
        try finish(effect, .syncDirectory, directory)
    }

    public func dropCache(_ file: LogFile) {
        guard !isDown, let index = descriptors[file.rawValue]?.inode, inodes[index].cacheLies else { return }
        var content = inodes[index].durable
        for operation in inodes[index].pending { content.apply(operation, .landed) }
        inodes[index].cached = content
        inodes[index].cacheLies = false
    }

    private func sync(_ file: LogFile, _ operation: FSError.Operation) throws(FSError) {
        let descriptor = try descriptor(file, operation)
        let effect = try begin(operation, descriptor.name, isChange: true)
        switch effect {
        case .lie:
            forgetPages(of: descriptor.inode) { .lost }
            return
        case .losePages(let errno, let seed):
            var random = SeededRandom(seed: seed)
            forgetPages(of: descriptor.inode) { random.oneIn(2) ? .landed : .lost }
            throw FSError(operation, descriptor.name, errno: errno)
        default: landContent(of: descriptor.inode)
        }
        try finish(effect, operation, descriptor.name)
    }

    private func landContent(of index: Int) {
        if inodes[index].cacheLies {
            for operation in inodes[index].pending { inodes[index].durable.apply(operation, .landed) }
        } else {
            inodes[index].durable = inodes[index].cached
        }
        inodes[index].pending.removeAll(keepingCapacity: true)
    }

    /// Marks every dirty page clean, although only some of them reached the medium (Rebello et al., ATC 2020).
    private func forgetPages(of index: Int, outcome: () -> ContentOutcome) {
        for operation in inodes[index].pending { inodes[index].durable.apply(operation, outcome()) }
        inodes[index].pending.removeAll()
        inodes[index].cacheLies = true
        hasLostPages = true
    }

    /// Lands the entries of one directory, and before them what other directories changed on the same names.
    private func landEntries(of directory: String) {
        var lands = pendingEntries.map { $0.directory == directory }
        for later in pendingEntries.indices.reversed() where lands[later] {
            for earlier in 0..<later where pendingEntries[earlier].sharesName(with: pendingEntries[later]) {
                lands[earlier] = true
            }
        }
        var rest: [EntryOperation] = []
        for (operation, isLanding) in zip(pendingEntries, lands) {
            if isLanding { durableTree.apply(operation) } else { rest.append(operation) }
        }
        pendingEntries = rest
    }
}
