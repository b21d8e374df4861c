public import ArgumentParser
public import EventLog
public import Orchestration
import WaybillJSON
import WaybillWorkloads

// Public, as a conformance must be whose protocol and type both are.

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
