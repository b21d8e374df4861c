import EventLog

/// What a log takes of its disk.
package struct LogFootprint: Sendable, Hashable {
    package let segments: Int
    /// Bytes of all segments, with what the newest one is filled with ahead.
    package let bytes: UInt64
    /// Room on the file system for this process; nil where that isn't known.
    package let freeBytes: UInt64?

    init(of files: any LogFS) throws(EngineError) {
        let extent: LogExtent
        do { extent = try LogExtent(of: files) } catch { throw .log(error) }
        (segments, bytes, freeBytes) = (extent.segments, extent.bytes, extent.freeBytes)
    }
}

extension Engine {
    /// What the log takes of its disk, by looking at it: a few microseconds a segment.
    ///
    /// Throws ``EngineError/log(_:)`` when the directory can't be read.
    package func footprint() async throws(EngineError) -> LogFootprint {
        let files = files
        return try await withTaskExecutorPreference(BlockingExecutor.shared) { () async throws(EngineError) in
            try LogFootprint(of: files)
        }
    }
}
