public import ArgumentParser
public import EventLog
public import Orchestration
import WaybillJSON
import WaybillWorkloads

// Public, as a conformance must be whose protocol and type both are.

extension Name: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

extension Durability: ExpressibleByArgument {
    public init?(argument: String) {
        switch argument {
        case "commit": self = .commit
        case "none": self = .none
        default: return nil
        }
    }

    public static var allValueStrings: [String] { ["commit", "none"] }
    public var defaultValueDescription: String { "\(self)" }
}

extension ClashRule: ExpressibleByArgument {
    public init?(argument: String) {
        guard let rule = ClashRule.allCases.first(where: { $0.name == argument }) else { return nil }
        self = rule
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
    public var defaultValueDescription: String { name }
}

extension ParentFailureRule: ExpressibleByArgument {
    public init?(argument: String) {
        guard let rule = ParentFailureRule.allCases.first(where: { $0.name == argument }) else { return nil }
        self = rule
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
    public var defaultValueDescription: String { name }
}

extension DispatchPolicy: ExpressibleByArgument {
    /// Those that a queue can have.
    private static let ofQueues: [DispatchPolicy] = [.fifo, .priority]

    public init?(argument: String) {
        guard let policy = Self.ofQueues.first(where: { $0.name == argument }) else { return nil }
        self = policy
    }

    public static var allValueStrings: [String] { ofQueues.map(\.name) }
    public var defaultValueDescription: String { name }
}

extension JobState: ExpressibleByArgument {
    public init?(argument: String) {
        guard let state = JobState.allCases.first(where: { $0.name == argument }) else { return nil }
        self = state
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
}

/// A length of time as people write it: `90`, `90s`, `1.5m`, `2h`, `7d`, `250ms`.
struct DurationArgument: ExpressibleByArgument {
    let span: TimeSpan
    private let text: String

    /// For a default.
    static func seconds(_ count: Int64) -> DurationArgument {
        DurationArgument(span: .seconds(count), text: "\(count)s")
    }

    private init(span: TimeSpan, text: String) {
        self.span = span
        self.text = text
    }

    var defaultValueDescription: String { text }

    init?(argument: String) {
        let units: [(String, Double)] = [
            ("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9), ("", 1e9),
        ]
        for (suffix, unit) in units where argument.hasSuffix(suffix) {
            guard let count = Double(argument.dropLast(suffix.count)) else { continue }
            let nanoseconds = (count * unit).rounded()
            guard count >= 0, nanoseconds < 9e18 else { return nil }
            span = TimeSpan(nanoseconds: Int64(nanoseconds))
            text = argument
            return
        }
        return nil
    }
}

/// A moment as RFC 3339 has it: `2026-11-21T16:00:00Z`.
struct TimestampArgument: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = try? Timestamp(rfc3339: argument) else { return nil }
        self.time = time
    }
}
