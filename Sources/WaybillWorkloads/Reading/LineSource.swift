/// One line of a text file, without its line ending.
package struct Line: Sendable {
    /// From 1.
    package var number: Int
    package var bytes: ArraySlice<UInt8>
    /// True when the line was longer than ``LineSource/longestLine``; `bytes` then holds its beginning.
    package var isOverlong: Bool

    package var text: String { String(decoding: bytes, as: UTF8.self) }
    package var isBlank: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

/// Streams a plain or gzip file line by line in bounded memory.
///
/// Gzip is told by the file's first two bytes, never by its name. Lines end with LF or CRLF; the last may have
/// no ending; a UTF-8 byte order mark at the start is dropped. An overlong line is cut, flagged and passed over.
/// Throws ``WorkloadError``: not found, unreadable, truncated or damaged gzip.
package struct LineSource: ~Copyable {
    /// The longest line that is kept whole, in bytes.
    package static let longestLine = 1 << 20
    /// The same of this source, for files that have one line only.
    var longestLine = Self.longestLine
    private static let chunkSize = 1 << 17

    private var source: ByteSource
    private var inflater: Inflater?
    private var chunk: [UInt8] = []
    private var buffer: [UInt8] = []
    private var start = 0
    /// Bytes from `start` on that are known to hold no line ending.
    private var searched = 0
    private var isAtEnd = false
    private var isBeginning = true
    private var lineNumber = 0

    package init(path: String) throws(WorkloadError) {
        source = try ByteSource(path: path)
    }

    /// Reads bytes that are in memory already; `name` stands for the path in errors.
    package init(bytes: [UInt8], name: String) {
        source = ByteSource(bytes: bytes, name: name)
    }

    package var path: String { source.path }
    /// Bytes taken from the file so far, as they are on disk (compressed where it is compressed).
    package var bytesRead: Int { source.bytesRead }
    /// The file's length on disk; 0 where it is not known.
    package var totalBytes: Int { source.totalBytes }

    /// The beginning of what has not been read yet, up to `count` bytes, without taking it.
    package mutating func peek(_ count: Int) throws(WorkloadError) -> ArraySlice<UInt8> {
        while buffer.count - start < count && !isAtEnd { try fill() }
        return buffer[start..<min(buffer.count - start, count) + start]
    }

    /// The next line, or nil at the end.
    package mutating func next() throws(WorkloadError) -> Line? {
        while true {
            if let end = newline() { return line(upTo: end, ending: 1) }
            if buffer.count - start > longestLine { return try overlongLine() }
            if isAtEnd { return start < buffer.count ? line(upTo: buffer.count, ending: 0) : nil }
            try fill()
        }
    }

    private mutating func newline() -> Int? {
        let from = start + searched
        // Unsafe buffer: the search for line endings is the hot loop; reads stay within the array.
        let found = buffer.withUnsafeBufferPointer { bytes in
            var index = from
            while index < bytes.count && bytes[index] != 0x0a { index += 1 }
            return index
        }
        searched = found - start
        return found < buffer.count ? found : nil
    }

    private mutating func line(upTo end: Int, ending: Int) -> Line {
        let isCRLF = end > start && buffer[end - 1] == 0x0d
        let bytes = buffer[start..<(isCRLF ? end - 1 : end)]
        start = end + ending
        searched = 0
        lineNumber += 1
        return Line(
            number: lineNumber,
            bytes: bytes.prefix(longestLine),
            isOverlong: bytes.count > longestLine
        )
    }

    /// Keeps the line's beginning and drops the rest as it comes in.
    private mutating func overlongLine() throws(WorkloadError) -> Line {
        let beginning = Array(buffer[start..<start + longestLine])
        while true {
            let end = newline()
            start = end.map { $0 + 1 } ?? buffer.count
            searched = 0
            if end != nil || isAtEnd { break }
            try fill()
        }
        lineNumber += 1
        return Line(number: lineNumber, bytes: beginning[...], isOverlong: true)
    }

    private mutating func fill() throws(WorkloadError) {
        if start > 0 {
            buffer.removeSubrange(..<start)
            start = 0
        }
        try source.read(into: &chunk, limit: Self.chunkSize)
        if chunk.isEmpty { return try finish() }
        if isBeginning { try begin() }
        try unpack()
    }

    private mutating func begin() throws(WorkloadError) {
        isBeginning = false
        // A pipe may give one byte at a time; the magic numbers need three.
        while chunk.count < 3 {
            var more: [UInt8] = []
            try source.read(into: &more, limit: Self.chunkSize)
            if more.isEmpty { break }
            chunk += more
        }
        if chunk.starts(with: [0x1f, 0x8b]) {
            do { inflater = try Inflater() } catch { throw translated(error) }
        } else if chunk.starts(with: Self.byteOrderMark) {
            chunk.removeFirst(Self.byteOrderMark.count)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

    private mutating func unpack() throws(WorkloadError) {
        guard inflater != nil else {
            buffer += chunk
            return
        }
        let isFirst = lineNumber == 0 && buffer.isEmpty
        do { try inflater?.inflate(chunk, into: &buffer) } catch { throw translated(error) }
        if isFirst && buffer.starts(with: Self.byteOrderMark) { buffer.removeFirst(Self.byteOrderMark.count) }
    }

    private mutating func finish() throws(WorkloadError) {
        isAtEnd = true
        if inflater?.isInsideMember == true { throw .truncatedGzip(path: path) }
    }

    private func translated(_ failure: Inflater.Failure) -> WorkloadError {
        switch failure {
        case .checksum: .gzipChecksum(path: path)
        case .corrupt(let problem): .corruptGzip(path: path, problem: problem)
        }
    }
}
