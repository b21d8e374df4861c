import Crypto
public import Orchestration
import Waybill

/// The digest of a history: SHA-256 over every event in its canonical encoding, then over the digest of
/// the state that they fold to.
///
/// So two histories with one digest agree in every payload, point, time and actor, and in what came of them. How
/// the events were batched, compressed and stored doesn't enter.
public struct HistoryDigest: Sendable {
    private var hash = SHA256()
    private var bytes: [UInt8] = []

    public init() {}

    /// Events in log order, from the first.
    public mutating func add(_ event: Event) {
        EventCodec.encode(event, into: &bytes)
        if bytes.count > 1 << 16 { flush() }
    }

    /// The digest in hexadecimal; `stateDigest` is that of the fold of the events added (`State.digest`).
    public mutating func finish(_ stateDigest: String) -> String {
        flush()
        hash.update(data: Array(stateDigest.utf8))
        return hash.finalize().hexadecimal
    }

    private mutating func flush() {
        bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
        bytes.removeAll(keepingCapacity: true)
    }
}
