import Orchestration
import Testing
import Waybill
import WaybillJSON

/// The words of the output: one for each case, none twice, and all in camelCase.
struct CodeTests {
    static let lists = [
        "state": JobState.allCases.map(\.name), "cancellation": CancellationReason.allCases.map(\.name),
        "machine": MachineStatus.allCases.map(\.name), "policy": DispatchPolicy.allCases.map(\.name),
        "queue": QueueStatus.allCases.map(\.name), "clash": ClashRule.allCases.map(\.name),
        "failure": ParentFailureRule.allCases.map(\.name), "clock": ClockKind.allCases.map(\.name),
        "death": DeadLetter.Cause.allCases.map(\.name), "why": Why.Reason.names,
    ]

    @Test(arguments: lists.keys.sorted())
    func `every case has a word of its own`(list: String) throws {
        let words = try #require(Self.lists[list])
        #expect(!words.isEmpty)
        #expect(Set(words).count == words.count)
        for word in words { #expect(word.wholeMatch(of: /[a-z]+([A-Z][a-z]+)*/) != nil, "\(word)") }
    }

    @Test func `the states are the eight of the life cycle`() {
        let states = [
            "proposed", "blocked", "scheduled", "ready", "running", "succeeded", "dead", "cancelled",
        ]
        #expect(JobState.allCases.map(\.name) == states)
    }
}
