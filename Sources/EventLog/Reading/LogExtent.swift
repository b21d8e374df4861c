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
