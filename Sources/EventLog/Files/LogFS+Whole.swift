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
