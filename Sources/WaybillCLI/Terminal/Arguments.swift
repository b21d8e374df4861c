public import ArgumentParser
public import EventLog
public import Orchestration
import WaybillReplay

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

extension JobState: ExpressibleByArgument {
    public init?(argument: String) {
        guard let state = JobState.allCases.first(where: { $0.name == argument }) else { return nil }
        self = state
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
}
