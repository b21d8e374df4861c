/// One batch as the oracle remembers it, and as it should be read back.
public struct RememberedBatch: Hashable, Sendable {
    public var firstSequence: UInt64
    public var count: Int
    /// Nanoseconds since the Unix epoch.
    public var time: Int64
    public var payload: [UInt8]

    public init(firstSequence: UInt64, count: Int, time: Int64, payload: [UInt8]) {
        self.firstSequence = firstSequence
        self.count = count
        self.time = time
        self.payload = payload
    }

    public var lastSequence: UInt64 { firstSequence + UInt64(count) - 1 }

    public static func == (left: RememberedBatch, right: RememberedBatch) -> Bool {
        left.firstSequence == right.firstSequence && left.count == right.count && left.time == right.time
            && FileContent(left.payload) == FileContent(right.payload)
    }
}

extension RememberedBatch: CustomStringConvertible {
    public var description: String {
        "\(firstSequence)…\(lastSequence) (\(payload.count) bytes, time \(time))"
    }
}
