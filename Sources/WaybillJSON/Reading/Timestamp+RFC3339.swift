import JSONText
public import Orchestration

extension Timestamp {
    /// `2026-11-20T09:30:00.000000001Z` (RFC 3339, UTC); the fraction is left out where it is zero.
    public var rfc3339: String { CivilTime(nanoseconds: nanoseconds).rfc3339 }

    /// Reads what ``rfc3339`` writes, and every other offset; nil when it is malformed or has no zone.
    public init?(rfc3339 text: String) {
        guard let time = CivilTime.timestamp(Array(text.utf8)[...], needsZone: true) else { return nil }
        self = time
    }
}

extension CivilTime {
    /// The same as ``nanoseconds(_:needsZone:)``, as the domain's type.
    package static func timestamp(_ text: ArraySlice<UInt8>, needsZone: Bool) -> Timestamp? {
        nanoseconds(text, needsZone: needsZone).map { Timestamp(nanoseconds: $0) }
    }
}
