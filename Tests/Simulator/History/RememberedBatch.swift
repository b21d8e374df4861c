/// One batch as the oracle remembers it, and as it should be read back.
package struct RememberedBatch: Hashable, Sendable {
    package var firstSequence: UInt64
    package var count: Int
    /// Nanoseconds since the Unix epoch.
    package var time: Int64
    package var payload: [UInt8]

    package init(firstSequence: UInt64, count: Int, time: Int64, payload: [UInt8]) {
        self.firstSequence = firstSequence
        self.count = count
        self.time = time
        self.payload = payload
    }

    package var lastSequence: UInt64 { firstSequence + UInt64(count) - 1 }

    package static func == (left: RememberedBatch, right: RememberedBatch) -> Bool {
        left.firstSequence == right.firstSequence && left.count == right.count && left.time == right.time
            && FileContent(left.payload) == FileContent(right.payload)
    }
}

extension RememberedBatch: CustomStringConvertible {
    package var description: String {
        "\(firstSequence)…\(lastSequence) (\(payload.count) bytes, time \(time))"
    }
}
