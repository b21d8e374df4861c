/// A file that a ``LogFS`` has open.
///
/// Meaningless to any other file system.
public struct LogFile: Hashable, Sendable {
    public let rawValue: Int32

    public init(rawValue: Int32) {
        self.rawValue = rawValue
    }
}

/// How a file is opened.
public enum OpenMode: Sendable {
    /// Existing file, reading only.
    case read
    /// Existing file, reading and writing.
    case write
    /// New file, reading and writing; fails with `EEXIST` if the name is taken.
    case create
}

/// Everything that the log asks of a disk: one directory of files, named by paths relative to it.
///
/// Three conformers stand behind it: the real disk, a disk in memory, and the simulator's disk, which loses,
/// reorders and tears what was not synced. All calls are synchronous; reads and writes may be short, and the
/// caller loops. Directories are `""` (the root) and one level of names below it. An error carries the number
/// that Linux gives for it, and the name that the file has now.
public protocol LogFS: AnyObject, Sendable {
    func open(_ name: String, _ mode: OpenMode) throws(FSError) -> LogFile
    func close(_ file: LogFile)

    /// Length in bytes.
    func size(of file: LogFile) throws(FSError) -> UInt64
    /// Reads up to `buffer.count` bytes; 0 means the end of the file.
    func read(_ file: LogFile, at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FSError)
        -> Int
    /// Writes up to `bytes.count` bytes and returns how many were taken; a gap before them is zeros.
    func write(_ file: LogFile, at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(FSError) -> Int
    /// Cuts a file, or extends it with zeros.
    func truncate(_ file: LogFile, to size: UInt64) throws(FSError)

    /// `fdatasync`: content, and the length if it changed.
    func syncData(_ file: LogFile) throws(FSError)
    /// `fsync`: content and metadata.
    func sync(_ file: LogFile) throws(FSError)
    /// Makes the entries of a directory durable (`fsync` of the directory itself).
    func syncDirectory(_ directory: String) throws(FSError)
    /// Forgets cached pages, so that the next read comes from the device. A hint: it never fails.
    func dropCache(_ file: LogFile)

    /// Gives a file another name, in whose place it stands from then on.
    func rename(_ name: String, to newName: String) throws(FSError)
    /// Removes a file's name; who has it open goes on reading it.
    func remove(_ name: String) throws(FSError)
    /// Creates a directory one level below the root; one that is there already is fine.
    func makeDirectory(_ name: String) throws(FSError)
    /// Names in a directory, ascending; empty when the directory is not there.
    func list(_ directory: String) throws(FSError) -> [String]

    /// Takes the exclusive lock on a file that is open for writing, without waiting; false when another open file
    /// holds it.
    func lock(_ file: LogFile) throws(FSError) -> Bool
    /// Whether another open file holds the exclusive lock, without taking it.
    func isLocked(_ file: LogFile) throws(FSError) -> Bool

    /// Room that is left for this process; nil where that isn't known.
    func freeBytes() throws(FSError) -> UInt64?
}

extension LogFS {
    public func freeBytes() throws(FSError) -> UInt64? { nil }
}
