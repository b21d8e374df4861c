import ArgumentParser
import Orchestration
import Waybill
import WaybillJSON
import WaybillWorkloads

struct QueuesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queues",
        abstract: "Lists queues with what waits and runs in them, how long, and their limits.",
        discussion: "Ages and waits are as of the log's last event; waits are those of its last two hours."
    )

    @OptionGroup var options: DataOptions

    @concurrent
    func run() async throws {
        try await reporting {
            let (state, models) = try await options.fold()
            let queues = await QueueWithWaits.page(models.queues, models.throughput).value
            if options.json { return Output.json(JSONPage(queues, next: Name?.none)) }
            var table = Table(
                [
                    "NAME", "STATUS", "READY", "RUNNING", "SCHEDULED", "BLOCKED", "SUCCEEDED", "DEAD",
                    "CANCELLED", "OLDEST READY S", "WAIT P50 S", "P95 S", "RATE", "POLICY",
                ],
                numeric: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
            )
            for queue in queues { table.add(queue.cells(at: state.lastTime)) }
            table.print()
        }
    }
}

extension QueueWithWaits {
    fileprivate func cells(at now: Timestamp) -> [String] {
        let specification = queue.specification
        let limit = specification.concurrency.map { "/\($0)" } ?? ""
        let rate = specification.rate.map { rate in
            let perSecond = Double(rate.starts) * 1e9 / Double(rate.interval.nanoseconds)
            return "\((perSecond * 1000).rounded() / 1000)/s"
        }
        let states = [JobState.scheduled, .blocked, .succeeded, .dead, .cancelled]
        func seconds(_ span: TimeSpan?) -> String {
            span.map { "\((Double($0.nanoseconds) / 1e8).rounded() / 10)" } ?? ""
        }
        return [queue.name.text, queue.status.name, String(queue[.ready]), "\(queue[.running])\(limit)"]
            + states.map { String(queue[$0]) }
            + [seconds(queue.oldestReady.map { now - $0 }), seconds(waits?.p50), seconds(waits?.p95)]
            + [rate ?? "", specification.policy.name]
    }
}
