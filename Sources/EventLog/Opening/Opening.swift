/// What a writer found when it opened the log.
public struct Opening: Sendable, Equatable {
    /// The number that the log was given when it was made.
    public let logID: UInt64
    /// The writer's own epoch, higher than every one before.
    public let epoch: UInt64
    /// Last sequence in the log; 0 when it is empty.
    public let lastSequence: UInt64
    /// Time of the last batch, nanoseconds.
    public let lastTime: Int64
    /// Whether the log was new or had been closed properly.
    public let wasClean: Bool
    /// Every torn tail in `quarantine/`, this opening's included, by name.
    public internal(set) var quarantined: [QuarantinedTail]
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
