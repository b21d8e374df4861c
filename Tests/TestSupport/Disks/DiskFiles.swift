package import EventLog

/// A disk's files by name, to be copied, changed and put back.
package typealias DiskFiles = [String: [UInt8]]

extension DiskFiles {
    /// Names of the segments, in order.
    package var segments: [String] { keys.filter { $0.hasPrefix("seg-") }.sorted() }
}

extension LogFS {
    /// Every file in the root and in the quarantine.
    package func files() throws(FSError) -> DiskFiles {
        var files: DiskFiles = [:]
        for name in try list("") where name != "quarantine" { files[name] = try bytes(of: name) }
        for name in try list("quarantine") {
            files["quarantine/" + name] = try bytes(of: "quarantine/" + name)
        }
        return files
    }

    package func bytes(of name: String) throws(FSError) -> [UInt8] {
        let file = try open(name, .read)
        defer { close(file) }
        return try bytes(of: file, count: Int(try size(of: file)))
    }

    /// Makes new files.
    package func put(_ files: DiskFiles) throws(FSError) {
        for (name, content) in files {
            if name.hasPrefix("quarantine/") { try makeDirectory("quarantine") }
            let file = try open(name, .create)
            defer { close(file) }
            var done = 0
            while done < content.count {
                done += try put(Array(content[done...]), at: UInt64(done), in: file)
            }
        }
    }
}

extension MemoryDisk {
    package convenience init(holding files: DiskFiles) throws(FSError) {
        self.init()
        try put(files)
    }
}

/// Bytes and texts of open files, so that a test reads like the story that it tells.
extension LogFS {
    /// Up to `count` bytes from `offset` on, as far as the file goes.
    package func bytes(of file: LogFile, at offset: UInt64 = 0, count: Int) throws(FSError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var done = 0
        while done < count {
            // Unsafe: the protocol fills a raw buffer; the pointer does not leave the closure.
            let more = try bytes.withUnsafeMutableBufferPointer { (raw) throws(FSError) in
                let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: raw[done...]))
                return try read(file, at: offset + UInt64(done), into: rest)
            }
            if more == 0 { break }
            done += more
        }
        return Array(bytes[..<done])
    }

    /// The first 64 bytes.
    package func text(of file: LogFile) throws(FSError) -> String {
        String(decoding: try bytes(of: file, count: 64), as: UTF8.self)
    }

    /// One write: how many of the bytes it took.
    @discardableResult
    package func put(_ bytes: [UInt8], at offset: UInt64 = 0, in file: LogFile) throws(FSError) -> Int {
        // Unsafe: the protocol takes raw bytes; the pointer does not leave the closure.
        try bytes.withUnsafeBufferPointer { (raw) throws(FSError) in
            try write(file, at: offset, UnsafeRawBufferPointer(raw))
        }
    }

    @discardableResult
    package func put(_ text: String, at offset: UInt64 = 0, in file: LogFile) throws(FSError) -> Int {
        try put(Array(text.utf8), at: offset, in: file)
    }
}
