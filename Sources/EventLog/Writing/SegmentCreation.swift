/// Brings a new segment into the directory so that no crash leaves half of one under its name.
///
/// The order: header and fill under a temporary name → sync → the segment before it is cut and synced → rename →
/// sync of the directory. Only after that may a batch be written or `DURABLE` exist.
enum SegmentCreation {
    /// Makes the segment; `finishPrevious` cuts and syncs the one before.
    ///
    /// Throws ``LogError/noSpace`` when room is missing; then nothing is left behind.
    static func perform(
        _ disk: any LogFS,
        _ header: SegmentHeader,
        temporaryID: UInt64,
        finishPrevious: () throws(FSError) -> Void
    ) throws(LogError) -> OpenSegment {
        let temporary = LogNames.temporary(temporaryID)
        let segment: OpenSegment
        do throws(FSError) {
            segment = try prepare(disk, header, temporary)
        } catch {
            discard(disk, temporary)
            throw LogError(error)
        }
        try asOutcomeUnknown(finishPrevious)
        do throws(FSError) {
            try disk.rename(temporary, to: segment.name)
        } catch {
            guard error.isNoSpace else { throw .outcomeUnknown(error) }
            discard(disk, temporary)
            throw .noSpace
        }
        try asOutcomeUnknown { () throws(FSError) in try disk.syncDirectory("") }
        return segment
    }

    private static func prepare(
        _ disk: any LogFS,
        _ header: SegmentHeader,
        _ temporary: String
    ) throws(FSError) -> OpenSegment {
        let file = try disk.open(temporary, .create)
        do throws(FSError) {
            var start = [UInt8](repeating: 0, count: SegmentHeader.end)
            start.withUnsafeMutableBytes { header.encode(into: $0) }
            try disk.writeWhole(file, named: temporary, at: 0, start)
            let from = UInt64(SegmentHeader.end)
            let room = UInt64(header.limits.roomBytes)
            var pads: [UInt64] = []
            let filled = try ZeroFill.append(disk, file, named: temporary, from: from, count: room) {
                pads.append($0)
            }
            try disk.sync(file)
            return OpenSegment(disk, newborn: file, header, filled: filled, pads: Array(pads.dropFirst()))
        } catch {
            disk.close(file)
            throw error
        }
    }

    /// Gives the room of an unborn segment back.
    ///
    /// If that fails, the next open removes it.
    private static func discard(_ disk: any LogFS, _ temporary: String) {
        do throws(FSError) { try disk.remove(temporary) } catch {}
    }
}
