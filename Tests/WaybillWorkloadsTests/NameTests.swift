import Orchestration
import Testing
import WaybillJSON
import WaybillWorkloads

/// The words of the output: one for each case, and none twice.
struct NameTests {
    @Test func `every state, reason, status, policy and clock has a word of its own`() {
        let words = [
            JobState.allCases.map(\.name), CancellationReason.allCases.map(\.name),
            MachineStatus.allCases.map(\.name), DispatchPolicy.allCases.map(\.name),
            ClockKind.allCases.map(\.name),
        ]
        for list in words { #expect(Set(list).count == list.count) }
        #expect(
            words[0] == [
                "proposed", "blocked", "scheduled", "ready", "running", "succeeded", "dead", "cancelled",
            ]
        )
    }
}
