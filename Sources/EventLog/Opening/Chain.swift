/// The segments of a history in order, found by walking the headers' links back from the newest segment.
///
/// Whatever is not on that path is a leftover and must be empty; a missing, cut, duplicate or foreign segment is
/// refused and named.
struct Chain {
    let segments: [FoundSegment]
    /// Segments that never got a batch: left by a crash between a segment's birth and its first batch.
    let leftovers: [FoundSegment]

    init(_ disk: any LogFS, _ scan: DirectoryScan) throws(LogError) {
        guard var current = scan.segments.last else {
            segments = []
            leftovers = []
            return
        }
        var byID: [UInt64: FoundSegment] = [:]
        for segment in scan.segments {
            if let other = byID.updateValue(segment, forKey: segment.header.segmentID) {
                throw Self.damage(segment, at: 0, "it has the same id as \(other.name)")
            }
        }
        var path = [current]
        byID[current.header.segmentID] = nil
        while current.header.previous.id != 0 {
            guard let previous = byID.removeValue(forKey: current.header.previous.id) else {
                throw Self.damage(current, at: 0, Self.missing(current.header.previous.id, scan))
            }
            try Self.checkLink(previous, current)
            path.append(previous)
            current = previous
        }
        guard current.header.firstSequence == 1 else {
            throw Self.damage(
                current,
                at: 0,
                "it claims to be the first segment, but does not begin at sequence 1"
            )
        }
        segments = path.reversed()
        leftovers = scan.segments.filter { byID[$0.header.segmentID] != nil }
        for leftover in leftovers { try Self.checkEmpty(disk, leftover) }
    }

    private static func checkLink(_ previous: FoundSegment, _ next: FoundSegment) throws(LogError) {
        guard previous.header.firstSequence < next.header.firstSequence,
            previous.header.epoch <= next.header.epoch
        else {
            throw damage(
                next,
                at: 0,
                "it names \(previous.name) as its predecessor, which does not come before it"
            )
        }
        guard previous.size >= next.header.previous.end else {
            throw damage(
                previous,
                at: previous.size,
                "it ends here, but \(next.name) says that its last batch ends at \(next.header.previous.end)"
            )
        }
    }

    private static func checkEmpty(_ disk: any LogFS, _ segment: FoundSegment) throws(LogError) {
        var walk = SegmentWalk(try SegmentSource(disk, segment.name), segment.header)
        while try walk.next(frames: false) != nil {}
        guard walk.lastBatchEnd == nil, try TailBytes(walk.source, from: walk.offset).foreign == nil else {
            throw damage(
                segment,
                at: UInt64(SegmentHeader.end),
                "it holds data, but no later segment follows from it: a duplicate, or a successor is missing"
            )
        }
    }

    private static func missing(_ id: UInt64, _ scan: DirectoryScan) -> String {
        "its predecessor, the segment seg-…-\(hexadecimal16(id)).lz4, is missing"
    }

    private static func damage(_ segment: FoundSegment, at offset: UInt64, _ problem: String) -> LogError {
        .damaged(
            Damage(
                file: segment.name,
                offset: offset,
                sequence: segment.header.firstSequence,
                problem: problem
            )
        )
    }
}
