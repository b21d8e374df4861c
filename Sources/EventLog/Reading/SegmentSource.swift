/// An open file, read through one window of memory.
///
/// The pointers it gives out are valid until the next call; so it stays on one thread and inside this module.
/// A file that shrinks or grows under it is seen after ``refresh()``.
final class SegmentSource {
    static let usualWindow = 128 << 10

    let name: String
    let file: LogFile
    private(set) var size: UInt64
    private let disk: any LogFS
    // By hand, so that pages that are never read cost nothing; freed in deinit.
    private var window: UnsafeMutableRawBufferPointer
    private var windowStart: UInt64 = 0
    private var windowCount = 0

    /// `window` is how much it reads at once, unless more is asked for: little where it leaps.
    init(
        _ disk: any LogFS,
        _ name: String,
        mode: OpenMode = .read,
        window size: Int = SegmentSource.usualWindow
    ) throws(LogError) {
        self.disk = disk
        self.name = name
        file = try asLogError { () throws(FSError) in try disk.open(name, mode) }
        // Freed in deinit.
        window = .allocate(byteCount: size, alignment: 16)
        self.size = 0
        try refresh()
    }

    deinit {
        window.deallocate()
        disk.close(file)
    }

    /// Forgets what was read, and asks again how long the file is.
    func refresh() throws(LogError) {
        windowCount = 0
        size = try asLogError { () throws(FSError) in try disk.size(of: file) }
    }

    /// Makes the file durable and forgets its cached pages, so that what is read next comes from the device:
    /// after a failed sync the cache shows bytes that the disk lacks.
    func syncAndDropCache() throws(LogError) {
        try asLogError { () throws(FSError) in try disk.sync(file) }
        disk.dropCache(file)
        try refresh()
    }

    /// `count` bytes at `offset`; nil when the file ends before.
    func bytes(at offset: UInt64, count: Int) throws(LogError) -> UnsafeRawBufferPointer? {
        guard offset <= size, UInt64(count) <= size - offset else { return nil }
        if offset < windowStart || offset + UInt64(count) > windowStart + UInt64(windowCount) {
            try load(at: offset, count: count)
            guard windowCount >= count else { return nil }
        }
        let start = Int(offset - windowStart)
        return UnsafeRawBufferPointer(rebasing: window[start..<start + count])
    }

    /// The file's first bytes, enough for any segment header.
    func beginning() throws(LogError) -> [UInt8] {
        let count = Int(min(size, 512))
        guard let bytes = try bytes(at: 0, count: count) else { return [] }
        return [UInt8](bytes)
    }

    private func load(at offset: UInt64, count: Int) throws(LogError) {
        if window.count < count {
            window.deallocate()
            // Freed in deinit.
            window = .allocate(byteCount: count, alignment: 16)
        }
        windowCount = 0
        windowStart = offset
        let rest = Int(min(UInt64(window.count), size - offset))
        let target = UnsafeMutableRawBufferPointer(rebasing: window[..<rest])
        windowCount = try asLogError { () throws(FSError) in
            try disk.readWhole(file, at: offset, into: target)
        }
    }
}
