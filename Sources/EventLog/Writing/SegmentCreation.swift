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
            let reserve = UInt64(header.limits.reserveBytes)
            var pads: [UInt64] = []
            let filled = try ZeroFill.append(disk, file, named: temporary, from: from, count: reserve) {
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

/// Writes zeros ahead of the appends: an overwrite of written blocks syncs faster than one of new or only
/// allocated ones, for the file system's journal has nothing to record.
enum ZeroFill {
    private static let step = 1 << 20
    /// Shorter rests join the step before them, so that every pad has room for its header.
    private static let shortest = 4096

    /// Appends pads of up to ``step`` bytes, one write each, `count` bytes in all; returns the new end of the file.
    ///
    /// `began` is told where each pad's header is.
    static func append(
        _ disk: any LogFS,
        _ file: LogFile,
        named name: String,
        from start: UInt64,
        count: UInt64,
        began: (UInt64) -> Void
    ) throws(FSError) -> UInt64 {
        var zeros = [UInt8](repeating: 0, count: min(Int(count), step + shortest))
        var offset = start
        let end = start + max(count, UInt64(Pad.headerBytes))
        if zeros.count < Pad.headerBytes { zeros = [UInt8](repeating: 0, count: Pad.headerBytes) }
        while offset < end {
            let rest = Int(end - offset)
            let length = rest <= step + shortest ? rest : step
            // Unsafe only for the duration of the call: the array outlives it.
            try zeros.withUnsafeMutableBufferPointer { (bytes) throws(FSError) in
                let pad = UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(bytes)[..<length]
                )
                Pad.encode(into: pad, total: UInt64(length))
                try disk.writeWhole(file, named: name, at: offset, UnsafeRawBufferPointer(pad))
            }
            began(offset)
            offset += UInt64(length)
        }
        return end
    }
}
