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
