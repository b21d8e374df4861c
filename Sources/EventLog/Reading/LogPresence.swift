/// What the names in a directory tell of a log, before anything is opened.
package enum LogPresence: Sendable {
    /// No writer has ever been here.
    case none
    /// A writer is here, or was, and has not made the first segment yet: an empty log.
    case begun
    /// Segments, or what can only exist after one did.
    case history

    /// Looks at the names in the log's directory.
    package init(in disk: any LogFS) throws(LogError) {
        let names = try asLogError { () throws(FSError) in try disk.list("") }
        let holdsHistory = names.contains { name in
            SegmentName.claims(name) || name == LogNames.durable || name == LogNames.quarantine
                || name.hasPrefix(LogNames.snapshotPrefix)
        }
        self = holdsHistory ? .history : names.contains(LogNames.lock) ? .begun : .none
    }
}

extension RealDisk {
    /// A directory for reading, which is there and holds a log.
    ///
    /// Throws ``LogError/notALog(_:)`` when no writer has ever been there, and ``LogError/file(_:)`` when it can't be
    /// read.
    package static func holdingLog(at path: String) throws(LogError) -> RealDisk {
        let disk = try RealDisk(path, create: false)
        guard try LogPresence(in: disk) != .none else { throw .notALog("'\(path)' holds no log") }
        return disk
    }
}

/// How much of its disk a log takes, by names and lengths alone.
package struct LogExtent: Sendable, Hashable {
    package private(set) var segments = 0
    /// Lengths of the segments, fill included.
    package private(set) var bytes: UInt64 = 0
    /// Room that is left; nil where the file system doesn't say.
    package let freeBytes: UInt64?

    /// Looks without a lock; what a writer removes meanwhile is left out.
    package init(of disk: any LogFS) throws(LogError) {
        freeBytes = try asLogError { () throws(FSError) in try disk.freeBytes() }
        let names = try asLogError { () throws(FSError) in try disk.list("") }
        for name in names where SegmentName.claims(name) {
            do throws(FSError) {
                let file = try disk.open(name, .read)
                defer { disk.close(file) }
                bytes += try disk.size(of: file)
                segments += 1
            } catch {
                if !error.isNoEntry { throw LogError(error) }
            }
        }
    }
}
