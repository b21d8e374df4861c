import Orchestration

/// A place in the stream of events, written `epoch.sequence`: after this event.
public struct Cursor: Hashable, Sendable, CustomStringConvertible {
    /// The opening of the log that wrote what was seen last.
    public let epoch: UInt64
    /// The last sequence that was seen; 0 before the first.
    public let sequence: UInt64

    /// A place that was kept before; see ``Engine/cursor(after:)`` for one of this engine's.
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

/// Which epoch wrote which sequences: the first sequence of each epoch, ascending.
struct EpochTable: Sendable {
    private var firsts: [(epoch: UInt64, sequence: UInt64)] = []

    /// Takes down where an epoch begins.
    mutating func record(_ events: some Sequence<Event>) {
        for event in events {
            guard case .engineOpened(let opened) = event.body else { continue }
            firsts.append((opened.epoch, event.sequence))
        }
    }

    /// The epoch that wrote `sequence`; 0 before the first.
    func epoch(of sequence: UInt64) -> UInt64 {
        firsts.last { $0.sequence <= sequence }?.epoch ?? 0
    }

    /// Whether the cursor's epoch wrote the event that it names.
    func holds(_ cursor: Cursor) -> Bool {
        cursor == .start || epoch(of: cursor.sequence) == cursor.epoch
    }
}
