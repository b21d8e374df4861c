/// The names in a log's directory, apart from the segments'.
enum LogNames {
    static let lock = "LOCK"
    static let durable = "DURABLE"
    static let quarantine = "quarantine"
    static let snapshotPrefix = "snap-"
    /// Files being made.
    ///
    /// They match no other name, and what is left of them is removed at the next open.
    static let temporaryPrefix = "tmp-"

    static func temporary(_ id: UInt64) -> String { temporaryPrefix + hexadecimal16(id) }
    /// The copy of a torn tail, named by segment and offset.
    static func quarantined(_ segment: String, _ offset: UInt64) -> String {
        "\(segment)-\(decimal20(offset)).torn"
    }
}

/// A segment's name: `seg-<20 digits: first sequence>-<16 hex: random id>.lz4`.
///
/// Names sort in the order of history; the random id keeps a dead segment from being taken for its successor.
struct SegmentName: Hashable {
    let firstSequence: UInt64
    let id: UInt64

    init(firstSequence: UInt64, id: UInt64) {
        self.firstSequence = firstSequence
        self.id = id
    }

    /// Nil for every text that ``description`` would not produce.
    init?(_ text: String) {
        guard text.hasPrefix("seg-"), text.hasSuffix(".lz4"), text.utf8.count == 45 else { return nil }
        let parts = text.dropFirst(4).dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 20, let first = UInt64(parts[0]),
            let id = UInt64(parts[1], radix: 16)
        else { return nil }
        self.init(firstSequence: first, id: id)
        guard description == text else { return nil }
    }

    /// Whether a name claims to be a segment's: such a file must parse, or the log is refused.
    static func claims(_ text: String) -> Bool { text.hasPrefix("seg-") && text.hasSuffix(".lz4") }
}

extension SegmentName: CustomStringConvertible {
    var description: String { "seg-\(decimal20(firstSequence))-\(hexadecimal16(id)).lz4" }
}

/// Twenty decimal digits, so that names sort as numbers do.
func decimal20(_ value: UInt64) -> String {
    let digits = String(value)
    return String(repeating: "0", count: 20 - digits.count) + digits
}

/// Sixteen lower-case hexadecimal digits.
func hexadecimal16(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
