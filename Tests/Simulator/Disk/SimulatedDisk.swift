import EventLog

/// A disk in memory that keeps apart what programs see and what the medium holds, and that fails on request.
///
/// Contents, truncations and lengths are pending for each file until that file is synced; names are pending for
/// each directory until that directory is synced. ``crashPoint()`` gives everything that is pending as a value,
/// and a crash is a choice of what of it landed. Deterministic: nothing here reads a clock or a random source.
///
/// The model follows ALICE (Pillai et al., OSDI 2014) and SQLite's crash tests (`src/test6.c`), except that
/// operations on one name keep their order and a write may tear at any byte.
package final class SimulatedDisk: LogFS, @unchecked Sendable {
    // Unchecked: a disk is used by one thread at a time, which is the simulator's whole idea; nothing is guarded.

    /// The error number of every call after the power has gone; no system has it.
    package static let powerLost: Int32 = 20_000

    /// What programs see.
    var tree = DirectoryTree() {
        didSet { listings.removeAll(keepingCapacity: true) }
    }
    /// What each directory lists, since names last changed: openings ask again and again.
    var listings: [String: [String]] = [:]
    /// How often names changed.
    var nameChanges: Int64 = 0
    /// What the medium holds.
    var durableTree: DirectoryTree
    var pendingEntries: [EntryOperation] = []
    var inodes: [Inode] = []
    var descriptors: [Int32: Descriptor] = [:]
    private var nextDescriptor: Int32 = 3

    /// Faults still to come; each strikes once.
    package var faults: [Fault] = []
    /// Struck faults by kind.
    package internal(set) var faultsInjected: [String: Int] = [:]
    /// All faults that struck, since the counts were last cleared.
    package var faultsStruck: Int { faultsInjected.values.reduce(0, +) }
    /// Whether a failed sync dropped pages, which loses what was promised without a sync.
    package internal(set) var hasLostPages = false
    /// Bytes that all files together may have; nil is no limit.
    package var capacity: Int?
    /// Called before each change, so that an explorer can look at every crash point of one run.
    package var beforeChange: ((SimulatedDisk) -> Void)?
    /// Changes asked for so far, failed ones included.
    package internal(set) var changes = 0
    var calls: [FSError.Operation: Int] = [:]
    /// Whether ``trace`` is kept.
    package var recordsTrace = false
    package internal(set) var trace: [DiskCall] = []
    /// Whether the power has gone: every call fails from then on.
    package internal(set) var isDown = false

    package init(_ image: DiskImage = DiskImage()) {
        durableTree = DirectoryTree()
        durableTree.directories = image.directories
        for name in image.names {
            durableTree.files[name] = addInode(image.files[name] ?? FileContent())
        }
        tree = durableTree
    }

    /// The process dies and the system lives on: descriptors and locks are gone, caches are as they were.
    package func killProcess() {
        descriptors.removeAll()
        for index in inodes.indices { inodes[index].lockHolder = nil }
        faults.removeAll()
        isDown = false
    }

    /// Begins the counts of struck faults anew.
    package func forgetFaults() {
        faultsInjected = [:]
        hasLostPages = false
    }

    /// What programs see now, as if every pending operation landed.
    package var visibleImage: DiskImage {
        DiskImage(files: tree.files.mapValues { inodes[$0].cached }, directories: tree.directories)
    }

    /// Everything that decides what a power cut at this moment leaves behind.
    package func crashPoint() -> CrashPoint {
        var names: [Int: String] = [:]
        for (name, file) in durableTree.files { names[file] = name }
        for case .create(let name, let file) in pendingEntries { names[file] = name }
        for case .rename(_, let name, let file) in pendingEntries { names[file] = name }
        let files = names.reduce(into: [Int: CrashPoint.File]()) { files, entry in
            let inode = inodes[entry.key]
            files[entry.key] = CrashPoint.File(
                name: entry.value,
                durable: inode.durable,
                pending: inode.pending
            )
        }
        return CrashPoint(tree: durableTree, entries: pendingEntries, files: files)
    }

    // MARK: Descriptors

    struct Inode {
        var cached: FileContent
        var durable: FileContent
        var pending: [ContentOperation] = []
        /// Set when a failed sync left bytes in the cache that are neither pending nor on the medium.
        var cacheLies = false
        var lockHolder: Int32?
    }

    struct Descriptor {
        var inode: Int
        var name: String
        var isWritable: Bool
    }

    func addInode(_ content: FileContent) -> Int {
        inodes.append(Inode(cached: content, durable: content))
        return inodes.count - 1
    }

    func addDescriptor(_ inode: Int, _ name: String, isWritable: Bool) -> LogFile {
        let number = nextDescriptor
        nextDescriptor += 1
        descriptors[number] = Descriptor(inode: inode, name: name, isWritable: isWritable)
        return LogFile(rawValue: number)
    }

    func descriptor(_ file: LogFile, _ operation: FSError.Operation) throws(FSError) -> Descriptor {
        guard let descriptor = descriptors[file.rawValue] else {
            throw FSError(operation, "", errno: isDown ? Self.powerLost : SimulatedErrno.badDescriptor)
        }
        return descriptor
    }
}
