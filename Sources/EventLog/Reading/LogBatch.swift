/// One batch as it was appended, decompressed and verified.
public struct LogBatch: Sendable, Hashable {
    /// The sequence of its first event.
    public let firstSequence: UInt64
    /// Events in it.
    public let count: Int
    /// Nanoseconds; never decreasing from batch to batch.
    public let time: Int64
    /// The opening of the log that wrote it, counted from 1.
    public let epoch: UInt64
    /// Name of the segment file.
    public let segment: String
    /// Offset of the batch's header in that file.
    public let offset: UInt64
    /// Bytes that the batch takes in the file, header included.
    public let storedBytes: Int
    /// The raw bytes, as given to the writer.
    public let payload: [UInt8]

    /// The sequence of its last event.
    public var lastSequence: UInt64 { firstSequence + UInt64(count) - 1 }
}

extension FrameDecompressor {
    /// What stands in the frame at `frameAt`, behind the header at `offset`, which the walk has just met.
    func batch(
        _ header: BatchHeader,
        at offset: UInt64,
        frameAt: UInt64,
        _ walk: SegmentWalk
    ) throws(LogError) -> LogBatch {
        guard let frame = try walk.source.bytes(at: frameAt, count: Int(header.frameBytes)),
            let payload = decompress(frame, rawBytes: Int(header.rawBytes))
        else {
            throw .damaged(
                Damage(
                    file: walk.source.name,
                    offset: frameAt,
                    sequence: header.firstSequence,
                    problem: "its checksum is right, but it is no whole LZ4 frame"
                )
            )
        }
        return LogBatch(
            firstSequence: header.firstSequence,
            count: Int(header.count),
            time: header.time,
            epoch: walk.epoch,
            segment: walk.source.name,
            offset: offset,
            storedBytes: Int(frameAt - offset) + Int(header.frameBytes),
            payload: payload
        )
    }
}
