import HTTPTypes
import Waybill
import WaybillHTTP
import WaybillJSON

/// A list of a service's jobs on its way to a client: read and written a few at a time where there are many, so that a
/// long list of large ones never stands in memory as a whole.
///
/// The services' clients know no bound but the number of jobs, so a list can't end sooner.
struct JobList<Item: JSONObject & Sendable>: Sendable {
    /// Jobs that are read at once.
    private static var stepJobs: Int { 32 }

    let jobs: [JobID]
    let engine: Engine
    /// A job as its service shows it; nil for one that it doesn't show after all.
    let item: @Sendable (JobDetail) -> Item?

    init(_ jobs: [JobID], _ engine: Engine, item: @escaping @Sendable (JobDetail) -> Item?) {
        self.jobs = jobs
        self.engine = engine
        self.item = item
    }

    /// - Parameters:
    ///   - head: What stands before the items, up to the bracket of their list.
    ///   - tail: What stands behind them.
    func reply(_ head: String = "[", _ tail: String = "]") async throws -> Reply {
        // What can't be read is refused as long as it can be.
        var bytes = Array(head.utf8)
        var isFirst = true
        try await append(jobs.prefix(Self.stepJobs), to: &bytes, &isFirst)
        let rest = jobs.dropFirst(Self.stepJobs)
        guard !rest.isEmpty else { return .json(bytes + Array(tail.utf8)) }
        let (beginning, isStillFirst) = (bytes, isFirst)
        return Reply(
            .ok,
            headers: [.contentType: "application/json"],
            body: .stream { writer in
                try await writer.write(beginning)
                var (left, isFirst) = (rest, isStillFirst)
                while !left.isEmpty {
                    var bytes: [UInt8] = []
                    try await append(left.prefix(Self.stepJobs), to: &bytes, &isFirst)
                    try await writer.write(bytes)
                    left = left.dropFirst(Self.stepJobs)
                }
                try await writer.write(Array(tail.utf8))
            }
        )
    }

    private func append(_ jobs: ArraySlice<JobID>, to bytes: inout [UInt8], _ isFirst: inout Bool)
        async throws
    {
        for detail in try await engine.details(of: Array(jobs)) {
            guard let item = item(detail) else { continue }
            if !isFirst { bytes.append(0x2c) }
            isFirst = false
            bytes += item.json
        }
    }
}
