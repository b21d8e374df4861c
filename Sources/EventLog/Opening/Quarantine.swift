/// Copies a torn tail aside and cuts it, in an order that may be interrupted anywhere and begun again.
enum Quarantine {
    /// Rule e: copy under a temporary name, sync it, name it, sync the directories; only then cut and sync.
    static func moveAside(_ disk: any LogFS, _ tail: Tail, temporaryID: UInt64) throws(LogError) {
        guard let torn = tail.torn else { return }
        let source = tail.walk.source
        let name = LogNames.quarantined(source.name, tail.end)
        let temporary = "\(LogNames.quarantine)/\(LogNames.temporary(temporaryID))"
        try asLogError { () throws(FSError) in try disk.makeDirectory(LogNames.quarantine) }
        do throws(LogError) {
            try copy(disk, source, tail.end..<torn.upperBound, to: temporary)
            try asLogError { () throws(FSError) in
                try disk.rename(temporary, to: "\(LogNames.quarantine)/\(name)")
            }
        } catch {
            // Its remains would take the room that is missing; if they stay, the next open removes them.
            do throws(FSError) { try disk.remove(temporary) } catch {}
            throw error
        }
        try asOutcomeUnknown { () throws(FSError) in
            try disk.syncDirectory(LogNames.quarantine)
            try disk.syncDirectory("")
            try disk.truncate(source.file, to: tail.end)
            try disk.sync(source.file)
        }
    }

    private static func copy(
        _ disk: any LogFS,
        _ source: SegmentSource,
        _ range: Range<UInt64>,
        to name: String
    ) throws(LogError) {
        let target = try asLogError { () throws(FSError) in try disk.open(name, .create) }
        defer { disk.close(target) }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = Int(min(64 << 10, range.upperBound - offset))
            guard let bytes = try source.bytes(at: offset, count: count) else {
                // Shorter than it was a moment ago: nothing may be cut that was not copied.
                throw .file(FSError(.read, source.name, errno: ErrorNumber.inputOutput))
            }
            let at = offset - range.lowerBound
            try asLogError { () throws(FSError) in try disk.writeWhole(target, named: name, at: at, bytes) }
            offset += UInt64(count)
        }
        try asLogError { () throws(FSError) in try disk.sync(target) }
    }
}

/// A torn, never promised tail that was copied aside before it was cut.
public struct QuarantinedTail: Sendable, Hashable {
    /// Its file in `quarantine/`, made of the segment's name and the offset.
    public let name: String
    /// Its size.
    public let bytes: UInt64

    /// A file under `quarantine`.
    public init(name: String, bytes: UInt64) {
        self.name = name
        self.bytes = bytes
    }

    /// All of them, ascending by name.
    static func all(_ disk: any LogFS) throws(FSError) -> [QuarantinedTail] {
        var found: [QuarantinedTail] = []
        for name in try disk.list(LogNames.quarantine) where !name.hasPrefix(LogNames.temporaryPrefix) {
            let file = try disk.open("\(LogNames.quarantine)/\(name)", .read)
            defer { disk.close(file) }
            found.append(QuarantinedTail(name: name, bytes: try disk.size(of: file)))
        }
        return found
    }
}
