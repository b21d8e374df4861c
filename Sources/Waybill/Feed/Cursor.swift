/// A place in the stream of events, written `epoch.sequence`: after this event.
public struct Cursor: Hashable, Sendable, CustomStringConvertible {
    public let epoch: UInt64
    public let sequence: UInt64

    public init(epoch: UInt64, sequence: UInt64) {
        self.epoch = epoch
        self.sequence = sequence
    }

    /// Before the first event.
    public static let start = Cursor(epoch: 0, sequence: 0)

    /// Reads `epoch.sequence`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = UInt64(parts[0]), let sequence = UInt64(parts[1]) else {
            return nil
        }
        self.init(epoch: epoch, sequence: sequence)
    }

    public var description: String { "\(epoch).\(sequence)" }
}
