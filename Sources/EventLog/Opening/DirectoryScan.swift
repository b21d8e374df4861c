/// A segment found in the directory, its header verified.
struct FoundSegment {
    let name: String
    let header: SegmentHeader
    let size: UInt64
}

/// What stands in a log's directory: names and segment headers, nothing judged yet.
///
/// Throws when a name that claims to be a segment's is none, when a header is damaged or too new, and when a
/// segment belongs to another log: such a directory is refused as a whole.
struct DirectoryScan {
    /// In the order in which they were born.
    private(set) var segments: [FoundSegment] = []
    private(set) var temporaries: [String] = []
    /// What can only exist after a first segment did.
    private(set) var evidence: [String] = []

    init(_ disk: any LogFS) throws(LogError) {
        let names = try asLogError { () throws(FSError) in try disk.list("") }
        for name in names {
            if SegmentName.claims(name) {
                segments.append(try Self.segment(disk, name))
            } else if name.hasPrefix(LogNames.temporaryPrefix) {
                temporaries.append(name)
            } else if name == LogNames.durable || name.hasPrefix(LogNames.snapshotPrefix) {
                evidence.append(name)
            }
        }
        for name in try asLogError({ () throws(FSError) in try disk.list(LogNames.quarantine) }) {
            let path = "\(LogNames.quarantine)/\(name)"
            if name.hasPrefix(LogNames.temporaryPrefix) {
                temporaries.append(path)
            } else {
                evidence.append(path)
            }
        }
        segments.sort { Self.age($0.header) < Self.age($1.header) }
        try refuseForeigners()
    }

    /// A later segment has a higher epoch, or the same one and a higher first sequence.
    private static func age(_ header: SegmentHeader) -> (UInt64, UInt64) {
        (header.epoch, header.firstSequence)
    }

    private static func segment(_ disk: any LogFS, _ name: String) throws(LogError) -> FoundSegment {
        guard let parsed = SegmentName(name) else { throw .notALog("'\(name)' is not the name of a segment") }
        let source = try SegmentSource(disk, name)
        let header = try SegmentHeader(source.beginning(), file: name)
        guard header.name == parsed else {
            throw .damaged(
                Damage(
                    file: name,
                    offset: 0,
                    sequence: parsed.firstSequence,
                    problem: "its header says that its name is \(header.name)"
                )
            )
        }
        return FoundSegment(name: name, header: header, size: source.size)
    }

    private func refuseForeigners() throws(LogError) {
        guard let newest = segments.last else { return }
        for segment in segments where segment.header.logID != newest.header.logID {
            throw .damaged(
                Damage(
                    file: segment.name,
                    offset: 0,
                    sequence: segment.header.firstSequence,
                    problem: "it belongs to log \(hexadecimal16(segment.header.logID)), "
                        + "and \(newest.name) to log \(hexadecimal16(newest.header.logID))"
                )
            )
        }
        for (older, younger) in zip(segments, segments.dropFirst())
        where Self.age(older.header) == Self.age(younger.header) {
            throw .damaged(
                Damage(
                    file: younger.name,
                    offset: 0,
                    sequence: younger.header.firstSequence,
                    problem: "it covers the same sequences as \(older.name)"
                )
            )
        }
    }
}

/// Looks at a log's directory without a lock, and again when a writer has changed it under the look.
///
/// An opening writer moves a torn tail aside and removes empty segments: what a reader takes for a missing or damaged
/// file may only have gone in that moment.
func steadyLook<Value>(
    _ disk: any LogFS,
    _ look: () throws(LogError) -> Value
) throws(LogError) -> Value {
    for _ in 0..<3 {
        let before = try names(disk)
        do throws(LogError) { return try look() } catch {
            if try names(disk) == before, try lockHolder(disk) == nil { throw error }
        }
    }
    return try look()
}

private func names(_ disk: any LogFS) throws(LogError) -> [String] {
    try asLogError { () throws(FSError) in try disk.list("") }
}
