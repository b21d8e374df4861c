import ArgumentParser
import Orchestration
import WaybillJSON
import WaybillWorkloads

/// A moment as RFC 3339 has it: `2026-11-21T16:00:00Z`.
struct TimestampArgument: ExpressibleByArgument {
    let time: Timestamp

    init?(argument: String) {
        guard let time = Timestamp(rfc3339: argument) else { return nil }
        self.time = time
    }
}
