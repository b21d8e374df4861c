/// Finds the segment that a reader needs next, by names and headers alone; a live writer may add and remove
/// segments meanwhile.
struct SegmentIndex {
    let disk: any LogFS
    /// How much of a segment is read at once.
    var window = SegmentSource.usualWindow

    /// The segment that holds `sequence`, if any does: the last one that begins at or before it.
    func segment(holding sequence: UInt64) throws(LogError) -> (SegmentSource, SegmentHeader)? {
        let names = try names().filter { $0.firstSequence <= sequence }
        guard let first = names.map(\.firstSequence).max() else { return nil }
        return try newest(names.filter { $0.firstSequence == first })
    }

    /// The segment that begins at `sequence`, if there is one.
    func segment(beginning sequence: UInt64) throws(LogError) -> (SegmentSource, SegmentHeader)? {
        try newest(try names().filter { $0.firstSequence == sequence })
    }

    /// The first sequences of all segments, ascending.
    func beginnings() throws(LogError) -> [UInt64] {
        Set(try names().map(\.firstSequence)).sorted()
    }

    /// The log holds the sequence, and the directory doesn't.
    static func missing(_ sequence: UInt64) -> LogError {
        .damaged(
            Damage(
                file: "",
                offset: 0,
                sequence: sequence,
                problem: "the segment that holds this sequence is missing"
            )
        )
    }

    private func names() throws(LogError) -> [SegmentName] {
        try asLogError { () throws(FSError) in try disk.list("") }.compactMap { SegmentName($0) }
    }

    /// Of segments with one first sequence all but the one of the highest epoch are empty leftovers.
    private func newest(_ names: [SegmentName]) throws(LogError) -> (SegmentSource, SegmentHeader)? {
        var best: (SegmentSource, SegmentHeader)?
        for name in names {
            let source: SegmentSource
            do throws(LogError) {
                source = try SegmentSource(disk, name.description, window: window)
            } catch .file(let error) where error.isNoEntry {
                // A leftover that a writer has just removed.
                continue
            } catch {
                throw error
            }
            let header = try SegmentHeader(source.beginning(), file: source.name)
            guard header.name == name else {
                throw .damaged(
                    Damage(
                        file: source.name,
                        offset: 0,
                        sequence: name.firstSequence,
                        problem: "its header says that its name is \(header.name)"
                    )
                )
            }
            if header.epoch >= best?.1.epoch ?? 0 { best = (source, header) }
        }
        return best
    }
}
