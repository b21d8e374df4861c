/// The segment that is appended to: where it ends, how far it is filled, and how its chain stands.
///
/// Behind the last record there is always a pad over zeros, so that the file is a valid LZ4 file at every moment.
/// It performs single writes and syncs, and leaves their order to the writer.
final class OpenSegment {
    let name: String
    let header: SegmentHeader
    let epoch: UInt64
    /// Where the next record goes.
    private(set) var end: UInt64
    /// End of the filled part, which is the end of the file.
    private(set) var filled: UInt64
    private(set) var link: SegmentHeader.Previous
    private let disk: any LogFS
    private let file: LogFile
    private let salt: Salt
    /// Headers of pads behind the one at ``end``; each fill added some.
    private var pads: [UInt64]

    /// A newborn segment: `file` is open for writing and filled up to `filled`; `pads` lie behind its first pad.
    init(_ disk: any LogFS, newborn file: LogFile, _ header: SegmentHeader, filled: UInt64, pads: [UInt64]) {
        self.disk = disk
        self.pads = pads
        self.file = file
        self.header = header
        self.filled = filled
        name = header.name.description
        epoch = header.epoch
        salt = Salt(logID: header.logID, segmentID: header.segmentID, epoch: epoch)
        end = UInt64(SegmentHeader.end)
        link = header.previous
    }

    /// A cleanly closed segment that is continued as `epoch`, which its epoch header must say next.
    init(_ disk: any LogFS, continuing tail: Tail, epoch: UInt64) throws(FSError) {
        self.disk = disk
        self.epoch = epoch
        header = tail.walk.header
        name = header.name.description
        salt = Salt(logID: header.logID, segmentID: header.segmentID, epoch: epoch)
        end = tail.end
        link = tail.walk.link
        filled = tail.walk.source.size
        pads = []
        file = try disk.open(name, .write)
        // A single pad is rewritten with the next record; of several, one might be damaged.
        let isUsable = tail.pads == [end] && filled <= UInt64(header.limits.segmentBytes)
        if !isUsable, filled > end {
            try disk.truncate(file, to: end)
            filled = end
        }
    }

    deinit {
        disk.close(file)
    }

    /// Filled bytes that are free.
    var filledAhead: UInt64 { filled - end }
    /// Bytes that the segment may still grow to, from its last record on.
    var capacity: UInt64 { UInt64(header.limits.segmentBytes) - min(end, UInt64(header.limits.segmentBytes)) }

    /// Compresses and appends one batch in one write; returns the bytes that it takes.
    func append(
        _ payload: UnsafeRawBufferPointer,
        count: UInt32,
        time: Int64,
        firstSequence: UInt64,
        durableThrough: UInt64,
        _ buffer: WriteBuffer
    ) throws(FSError) -> Int {
        let headerBytes = CheckedFrame.aligned(BatchHeader.bytes, at: end)
        let space = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[headerBytes...])
        let frameBytes = LZ4Frame.compress(payload, into: space)
        let chain = crc32c(link.chain, UnsafeRawBufferPointer(rebasing: space[..<frameBytes]))
        let batch = BatchHeader(
            firstSequence: firstSequence,
            count: count,
            time: time,
            durableThrough: durableThrough,
            frameBytes: UInt32(frameBytes),
            rawBytes: UInt32(payload.count),
            chain: chain
        )
        batch.encode(into: buffer.front(headerBytes), salt, at: end)
        try writeRecord(buffer, headerBytes + frameBytes)
        link = SegmentHeader.Previous(id: header.segmentID, end: end, chain: chain, time: time)
        return headerBytes + frameBytes
    }

    func appendEpochHeader(_ durability: Durability, _ buffer: WriteBuffer) throws(FSError) {
        let total = CheckedFrame.aligned(EpochHeader.bytes, at: end)
        let segmentSalt = Salt(logID: header.logID, segmentID: header.segmentID, epoch: 0)
        EpochHeader(epoch: epoch, durability: durability).encode(
            into: buffer.front(total),
            segmentSalt,
            at: end
        )
        try writeRecord(buffer, total)
    }

    /// Appends the mark; false when there is no room for it, as after a roll that was cut short: then the segment
    /// ends behind its last record, without a pad.
    func appendCloseMark(_ mark: CloseMark, _ buffer: WriteBuffer) throws(FSError) -> Bool {
        let total = CheckedFrame.aligned(CloseMark.bytes, at: end)
        mark.encode(into: buffer.front(total), salt, at: end)
        do throws(FSError) {
            try writeRecord(buffer, total)
            return true
        } catch {
            guard error.isNoSpace else { throw error }
            try disk.truncate(file, to: end)
            filled = end
            return false
        }
    }

    /// Fills `count` more bytes, or leaves the file as it was and throws.
    func fill(_ count: UInt64) throws(LogError) {
        let start = filled
        do throws(FSError) {
            filled = try ZeroFill.append(disk, file, named: name, from: start, count: count) {
                pads.append($0)
            }
        } catch {
            pads.removeAll { $0 >= start }
            guard error.isNoSpace else { throw .outcomeUnknown(error) }
            try asOutcomeUnknown { () throws(FSError) in try disk.truncate(file, to: start) }
            throw .noSpace
        }
    }

    func syncData() throws(FSError) {
        try disk.syncData(file)
    }

    /// Gives up the pad, for nothing will be appended any more, and makes all of the file durable.
    func finish() throws(FSError) {
        try disk.truncate(file, to: end)
        try disk.sync(file)
        filled = end
        pads = []
    }

    /// Writes the record at the front of the buffer and, behind it in the same write, a fresh pad's header.
    ///
    /// The fresh pad reaches to the next pad's header or the end of the file. A header that it would overlap is
    /// absorbed: what sticks out of it is zeroed by the same write. A rest too small for a pad is never left.
    private func writeRecord(_ buffer: WriteBuffer, _ count: Int) throws(FSError) {
        let recordEnd = end + UInt64(count)
        var writeEnd = recordEnd
        if recordEnd < filled {
            writeEnd = recordEnd + UInt64(Pad.headerBytes)
            let absorbed = pads.prefix { $0 < recordEnd + UInt64(Pad.headerBytes) }
            if let last = absorbed.last { writeEnd = max(writeEnd, last + UInt64(Pad.headerBytes)) }
            pads.removeFirst(absorbed.count)
            let padEnd = max(pads.first ?? filled, writeEnd)
            let pad = UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[count..<Int(writeEnd - end)])
            pad.zero()
            Pad.encode(into: pad, total: padEnd - recordEnd)
        } else {
            pads = []
        }
        let bytes = UnsafeRawBufferPointer(buffer.front(Int(writeEnd - end)))
        try disk.writeWhole(file, named: name, at: end, bytes)
        filled = max(filled, writeEnd)
        end = recordEnd
    }
}

/// The one buffer in which a writer composes what it appends: header, LZ4 frame, the fresh pad's header.
///
/// Allocated once for the largest batch, so that appending allocates nothing; owned by one writer and never shared.
final class WriteBuffer {
    // Memory by hand because an array would be zeroed, and so made resident, up to the largest batch.
    let bytes: UnsafeMutableRawBufferPointer

    init(_ limits: LogLimits) {
        // Freed in deinit.
        bytes = .allocate(byteCount: limits.reserveBytes, alignment: 16)
    }

    deinit {
        bytes.deallocate()
    }

    /// The first `count` bytes.
    func front(_ count: Int) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])
    }
}
