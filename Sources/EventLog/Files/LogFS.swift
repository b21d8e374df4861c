/// A file that a ``LogFS`` has open.
///
/// Meaningless to any other file system.
package struct LogFile: Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }
}

/// How a file is opened.
package enum OpenMode: Sendable {
    /// Existing file, reading only.
    case read
    /// Existing file, reading and writing.
    case write
    /// New file, reading and writing; fails with `EEXIST` if the name is taken.
    case create
}

/// A file as its name stands for it, whoever else has it open.
package struct FileEntry: Hashable, Sendable {
    /// Tells it from every other file that is there or open; a file that is given its name has another.
    package let identity: UInt64
    /// Length in bytes.
    package let bytes: UInt64

    package init(identity: UInt64, bytes: UInt64) {
        self.identity = identity
        self.bytes = bytes
    }
}

/// Everything that the log asks of a disk: one directory of files, named by paths relative to it.
///
/// Three conformers stand behind it: the real disk, a disk in memory, and the simulator's disk, which loses,
/// reorders and tears what was not synced. All calls are synchronous; reads and writes may be short, and the
/// caller loops. Directories are `""` (the root) and one level of names below it. An error carries the number
/// that Linux gives for it, and the name that the file has now.
package protocol LogFS: AnyObject, Sendable {
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

    /// What a name stands for; nil when nothing has it.
    func entry(_ name: String) throws(FSError) -> FileEntry?
    /// A value that changes when a name in the root comes, goes or is given to another file.
    ///
    /// On a real disk changes within one tick of its clock may look like one.
    func directoryStamp() throws(FSError) -> Int64
    /// Whether others than the log may remove or cut its files.
    var isShared: Bool { get }

    /// Takes the exclusive lock on a file that is open for writing, without waiting; false when another open file
    /// holds it.
    func lock(_ file: LogFile) throws(FSError) -> Bool
    /// Whether another open file holds the exclusive lock, without taking it.
    func isLocked(_ file: LogFile) throws(FSError) -> Bool

    /// Room that is left for this process; nil where that isn't known.
    func freeBytes() throws(FSError) -> UInt64?
}

extension LogFS {
    package var isShared: Bool { true }
    package func freeBytes() throws(FSError) -> UInt64? { nil }
}

/// Whole reads and writes over a ``LogFS``: they loop over short transfers and interruptions.
extension LogFS {
    /// Fills `buffer` from `offset` on, or stops at the end of the file; returns the bytes read.
    func readWhole(
        _ file: LogFile,
        at offset: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(FSError) -> Int {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            do throws(FSError) {
                let count = try read(file, at: offset + UInt64(done), into: rest)
                if count == 0 { break }
                done += count
            } catch {
                guard error.isInterruption else { throw error }
            }
        }
        return done
    }

    /// Writes all of `bytes`.
    ///
    /// A write that takes nothing is reported as an I/O error, never retried for ever.
    func writeWhole(
        _ file: LogFile,
        named name: String,
        at offset: UInt64,
        _ bytes: UnsafeRawBufferPointer
    ) throws(FSError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            do throws(FSError) {
                let count = try write(file, at: offset + UInt64(done), rest)
                guard count > 0 else { throw FSError(.write, name, errno: ErrorNumber.inputOutput) }
                done += count
            } catch {
                guard error.isInterruption else { throw error }
            }
        }
    }

    func writeWhole(_ file: LogFile, named name: String, at offset: UInt64, _ bytes: [UInt8]) throws(FSError)
    {
        // Unsafe only for the duration of the call: the array outlives it.
        try bytes.withUnsafeBufferPointer { (raw: UnsafeBufferPointer<UInt8>) throws(FSError) in
            try writeWhole(file, named: name, at: offset, UnsafeRawBufferPointer(raw))
        }
    }

    /// The first `limit` bytes of a file, or nil when there is no such file.
    func contents(of name: String, limit: Int) throws(FSError) -> [UInt8]? {
        let file: LogFile
        do throws(FSError) {
            file = try open(name, .read)
        } catch {
            if error.isNoEntry { return nil }
            throw error
        }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        // Unsafe only for the duration of the call: the array outlives it.
        let count = try bytes.withUnsafeMutableBufferPointer { (raw) throws(FSError) in
            try readWhole(file, at: 0, into: UnsafeMutableRawBufferPointer(raw))
        }
        bytes.removeLast(limit - count)
        return bytes
    }
}
