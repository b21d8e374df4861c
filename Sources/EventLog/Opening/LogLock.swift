/// The exclusive lock of the one writer, held from opening to the end of its life and never taken by time-out.
final class LogLock {
    private let disk: any LogFS
    private let file: LogFile

    /// Throws ``LogError/locked(_:)`` at once when another writer has it.
    init(_ disk: any LogFS, processID: Int32) throws(LogError) {
        self.disk = disk
        file = try asLogError { () throws(FSError) in try Self.open(disk) }
        guard try asLogError({ () throws(FSError) in try disk.lock(file) }) else {
            throw .locked(try writtenHolder(disk))
        }
        let text = Array("\(processID)\n".utf8)
        do throws(FSError) {
            try disk.writeWhole(file, named: LogNames.lock, at: 0, text)
            try disk.truncate(file, to: UInt64(text.count))
        } catch {
            // The text only names the holder; a full disk must not keep a log from being opened for reading.
            guard error.isNoSpace else { throw LogError(error) }
        }
    }

    deinit {
        disk.close(file)
    }

    private static func open(_ disk: any LogFS) throws(FSError) -> LogFile {
        do throws(FSError) {
            return try disk.open(LogNames.lock, .write)
        } catch {
            guard error.isNoEntry else { throw error }
        }
        do throws(FSError) {
            return try disk.open(LogNames.lock, .create)
        } catch {
            // Another process made it in between.
            guard error.errno == ErrorNumber.exists else { throw error }
            return try disk.open(LogNames.lock, .write)
        }
    }
}

/// The process that is writing the log now (0 when unknown), or nil when nobody is.
///
/// Takes no lock itself.
package func lockHolder(_ disk: any LogFS) throws(LogError) -> Int32? {
    try asLogError { () throws(FSError) in
        let file: LogFile
        do throws(FSError) {
            file = try disk.open(LogNames.lock, .read)
        } catch {
            if error.isNoEntry { return nil }
            throw error
        }
        defer { disk.close(file) }
        return try disk.isLocked(file)
    } == true ? try writtenHolder(disk) : nil
}

private func writtenHolder(_ disk: any LogFS) throws(LogError) -> Int32 {
    let bytes = try asLogError { () throws(FSError) in try disk.contents(of: LogNames.lock, limit: 32) }
    let digits = (bytes ?? []).prefix { (48...57).contains($0) }
    return Int32(String(decoding: digits, as: UTF8.self)) ?? 0
}
